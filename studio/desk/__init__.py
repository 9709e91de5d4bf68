"""Today, search and what waits: the pages over all rooms."""
