"""How it is told: books, chapters, scenes and their revisions."""
