"""How it sounds: the measured voice of the prose. Rows come with the next issue."""
