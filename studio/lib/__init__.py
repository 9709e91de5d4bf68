"""The floor: no models, none of our nouns. Everything may stand on it; it stands on nothing."""
