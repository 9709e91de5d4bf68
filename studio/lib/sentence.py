"""Sentences of modules that know no language: English, and still able to be said in another."""


class Sentence(str):
    """An English sentence that remembers its form and its values.

    It is the text itself for a command, a log or JSON; a page says it in the reader's language by
    the filter `said`. Values that are sentences themselves are said too.
    """

    form: str
    values: dict[str, object]

    def __new__(cls, form: str, **values: object) -> "Sentence":
        """`form` has named places, as "%(name)s is empty."; without values it is the sentence."""
        made = super().__new__(cls, form % values if values else form)
        made.form, made.values = form, values
        return made

    def __str__(self) -> str:
        # Itself, not a plain copy: str(error) must not forget what it says.
        return self
