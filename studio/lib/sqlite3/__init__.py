"""Django's backend for SQLite, for threads that keep their connection."""
