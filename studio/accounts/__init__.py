"""The owner: set-up, sign-in, settings."""
