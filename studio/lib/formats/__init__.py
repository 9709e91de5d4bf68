"""How dates and numbers are written, one module a language; Django finds them by name."""
