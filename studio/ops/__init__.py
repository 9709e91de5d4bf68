"""Management commands over all rooms: serve, import, add versions."""
