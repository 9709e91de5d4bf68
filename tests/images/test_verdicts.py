"""Verdicts on real analyses of real pixels: a small part of `make bench ONLY=notes`."""

from bench.notes import DISTURBANCES, of_corpus, pairs, reprojected, verdicts


def test_pins_and_approved_boxes_are_judged_right_under_every_disturbance():
    told = verdicts(list(pairs(range(21, 21 + len(DISTURBANCES)))), 120, 60, "planted edits")
    assert told["f1"] >= 0.9
    assert told["recall"] >= 0.95
    assert told["alarms"] <= 0.05


def test_a_mark_comes_to_stand_within_a_pixel_and_a_half():
    off = reprojected(2)
    assert len(off) == 40  # no pair was taken for another framing
    assert max(off) <= 1.5


def test_the_edit_pairs_of_the_corpus_are_judged_right(corpus):
    told = verdicts(list(of_corpus()), 60, 40, "edit pairs of the corpus")
    assert told["f1"] >= 0.9
    assert told["recall"] >= 0.95
    assert told["alarms"] <= 0.05
