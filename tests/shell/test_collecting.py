"""What is served in place of the tree: modules and styles joined, and smaller."""

import gzip
import re

import pytest
from django.core.files.base import ContentFile

from studio.lib import collecting, joined
from studio.lib.collecting import CollectedFiles
from studio.lib.joined import ROOTS, CannotJoin, places
from studio.lib.styles import SHEETS

CSS = joined.folder().parent / "css"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Modules of a tree of its own: tree({"lib/a": "export const one = 1;"})."""

    def write(modules, roots):
        for name, text in modules.items():
            path = tmp_path / f"{name}.js"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        monkeypatch.setattr(joined, "folder", lambda: tmp_path)
        monkeypatch.setattr(joined, "ROOTS", roots)
        joined.places.cache_clear()

    yield write
    joined.places.cache_clear()


def test_a_module_is_joined_once_and_what_other_pages_need_stays_alone():
    everywhere, looking, touched = ROOTS
    assert {places()[name] for name in ("lib/camera", "lib/picture", "lib/affine")} == {looking}
    assert {places()[name] for name in ("lib/compare-modes", "elements/mark-layer")} == {touched}
    assert places()["lib/keys"] == everywhere
    assert "lib/request" not in places()
    for root in ROOTS:
        assert collecting.smaller(".js", joined.joined(root))


def test_joined_modules_keep_their_scopes_and_give_all_that_they_export(tree):
    tree(
        {
            "lib/a": "const own = 1;\nexport const one = own;\nexport function two() {}\n",
            "lib/b": 'import { one as first } from "lib/a";\nimport { far } from "lib/c";\n'
            "const own = 2;\nexport class Three {}\nconsole.log(own, first, far);\n",
            "lib/c": "export const far = 3;\n",
            "main": 'import { far } from "lib/c";\n',
        },
        ("main", "lib/b"),
    )
    assert joined.places() == {
        "lib/c": "main",
        "main": "main",
        "lib/a": "lib/b",
        "lib/b": "lib/b",
    }
    assert joined.joined("lib/b") == (
        'import { far } from "lib/c";\n'
        "export const { one, two } = (() => {\n"
        "const own = 1;\nconst one = own;\nfunction two() {}\nreturn { one, two };\n})();\n"
        "export const { Three } = (() => {\n"
        "const first = one;\nconst own = 2;\nclass Three {}\nconsole.log(own, first, far);\n"
        "return { Three };\n})();\n"
    )


@pytest.mark.parametrize(
    ("modules", "trouble"),
    [
        ({"lib/a": "export const x = 1;\n", "lib/b": "export const x = 2;\n"}, "another does: x"),
        ({"lib/a": 'import { x } from "lib/root";\n', "lib/b": ""}, "imports itself"),
        ({"lib/a": "export default 1;\n", "lib/b": ""}, "a form of its own"),
    ],
)
def test_what_joining_would_change_is_refused(tree, modules, trouble):
    tree(
        {**modules, "main": "", "lib/root": 'import "lib/a";\nimport "lib/b";\n'},
        ("main", "lib/root"),
    )
    with pytest.raises(CannotJoin, match=trouble):
        joined.joined("lib/root")


def test_our_own_files_are_kept_smaller_under_the_hash_of_what_is_kept(tmp_path):
    storage = CollectedFiles(location=tmp_path, base_url="/static/")
    own = "// said to people\nexport function long(word) {\n  return word + 1;\n}\n" * 9
    others = "// a notice that must stay\n"
    storage.save("js/lib/one.js", ContentFile(own.encode()))
    storage.save("other/two.js", ContentFile(others.encode()))
    names = ["js/lib/one.js", "other/two.js"]
    hashed = {old: new for old, new, _ in storage.post_process(dict.fromkeys(names))}
    kept = (tmp_path / "js/lib/one.js").read_text()
    assert "people" not in kept
    assert (tmp_path / storage.hashed_files["js/lib/one.js"]).read_text() == kept
    assert gzip.decompress((tmp_path / "js/lib/one.js.gz").read_bytes()).decode() == kept
    assert (tmp_path / "other/two.js").read_text() == others
    assert hashed


def test_the_styles_of_every_page_are_one_file_in_their_order(tmp_path):
    storage = CollectedFiles(location=tmp_path, base_url="/static/")
    storage.save("css/utilities.css", ContentFile(b""))
    text = (tmp_path / "css/utilities.css").read_text()
    assert text.startswith("@layer")
    assert "/*" not in text
    assert text.index("@font-face") < text.index("@layer components{") < text.index("@layer util")
    apart = [(CSS / f"{name}.css").read_text() for name in SHEETS]
    assert text.count("{") == sum(
        re.sub(r"/\*.*?\*/", "", one, flags=re.S).count("{") for one in apart
    )
    # An address beside a sheet in a folder would lead elsewhere from the one file.
    assert not any("../" in one for name, one in zip(SHEETS, apart, strict=True) if "/" in name)
