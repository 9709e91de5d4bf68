"""Quick add: one line in English or Chinese becomes an entry, or a question.

    2h40 photoshop shot 07 yesterday
    昨晚十点到十二点 写第14章

`read` and `said` are the whole interface; it knows no Django and no database.
"""

from .reading import Doubt, Known, Meaning, Understood, read
from .saying import said

__all__ = ["Doubt", "Known", "Meaning", "Understood", "read", "said"]
