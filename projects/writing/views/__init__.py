"""Pages of the writing room, by what they show."""
