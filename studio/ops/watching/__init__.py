"""A folder is watched: what is saved there, when a save is finished, and where it goes."""
