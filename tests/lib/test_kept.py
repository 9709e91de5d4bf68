"""Parts that are kept speak the reader's language and know where they stand."""

import pytest
from django.utils.translation import override

from studio.lib.kept import kept_part


@pytest.mark.parametrize(("language", "said"), [("en", "Today"), ("zh-hans", "今日")])
def test_a_part_is_kept_for_each_language(language, said):
    with override(language):
        assert f">{said}</a>" in kept_part("parts/_rooms.html", {"here": "today", "due": 0})


def test_a_part_is_kept_for_each_room():
    here = 'data-key="h" aria-current="page"'
    assert here in kept_part("parts/_rooms.html", {"here": "time", "due": 0})
    assert here not in kept_part("parts/_rooms.html", {"here": "today", "due": 0})


def test_a_part_knows_what_it_is_given():
    many = kept_part("parts/_rooms.html", {"here": "today", "due": 3})
    assert (
        '<span class="n">3' in many,
        'class="n"' in kept_part("parts/_rooms.html", {"due": 0}),
    ) == (
        True,
        False,
    )


def test_the_same_part_is_the_same_object():
    given = {"here": "today", "due": 0}
    assert kept_part("parts/_rooms.html", given) is kept_part("parts/_rooms.html", given)
