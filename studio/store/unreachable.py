"""What is said when bytes cannot be had now."""


class Unreachable(Exception):
    """The bytes cannot be had now; the message says so in one sentence."""
