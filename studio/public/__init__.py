"""What followers see: copies made when the author publishes, never a look into the studio.

The public side reads two tables of its own, Publication and PublicMedia, and nothing else; a test
holds it to that. The other half of the app is the author's: letters, pieces, previews.
"""
