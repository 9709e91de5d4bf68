"""manage.py import_manuscript tells what became of what, and its exit code tells a script."""

import json

import pytest
from django.core.management import call_command

from projects.worlds.models import World
from projects.writing.models import Chapter, Scene

pytestmark = pytest.mark.django_db


def run(capsys, *args):
    with pytest.raises(SystemExit) as exit_:
        call_command("import_manuscript", *map(str, args))
    out, err = capsys.readouterr()
    return exit_.value.code, out, err


def test_hongloumeng_is_brought_in_once(capsys, corpus):
    folder = corpus / "manuscripts" / "hongloumeng" / "edited"
    code, out, _ = run(capsys, folder, "--json")
    told = json.loads(out)
    assert (code, len(told["children"][0]["children"]), Chapter.objects.count()) == (0, 20, 20)
    assert told["chars"] == sum(Scene.objects.values_list("chars", flat=True))
    code, out, _ = run(capsys, folder, "--json")
    assert (code, json.loads(out)["added"], Scene.objects.count()) == (0, 0, 20)


def test_a_dry_run_keeps_nothing(capsys, tmp_path):
    (tmp_path / "a.md").write_text("# 一\n\n字", encoding="utf-8")
    code, out, _ = run(capsys, tmp_path, "--dry-run")
    assert (code, World.objects.count()) == (0, 0)
    assert "Nothing was kept" in out


def test_a_file_that_cannot_be_read_is_listed_and_the_rest_comes_in(capsys, tmp_path):
    (tmp_path / "a.md").write_text("# 一\n\n字", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(bytes(range(256)))
    code, _, err = run(capsys, tmp_path)
    assert (code, Scene.objects.count()) == (3, 1)
    assert "b.md: The file is not text." in err


def test_nothing_to_read_ends_with_two_and_one_sentence(capsys, tmp_path):
    code, _, err = run(capsys, tmp_path / "nowhere")
    assert code == 2
    assert len(err.strip().splitlines()) == 1
