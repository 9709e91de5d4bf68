"""Quick add: one line in English or Chinese becomes an entry, or a question.

    2h40 photoshop shot 07 yesterday
    昨晚十点到十二点 写第14章

`read` (reading.py) is the whole interface; it knows no Django and no database.
"""

from .reading import Doubt, Known, Meaning, Understood, read

__all__ = ["Doubt", "Known", "Meaning", "Understood", "read"]
