"""The sample story: The Computational Universe, with pictures painted by code."""
