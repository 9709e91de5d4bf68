"""How it is shown: concepts, their shots, and the pictures of each shot."""
