"""Content Credentials (C2PA 2.1): who signed for a picture, what it was made from and how.

Whether a file carries them is seen without any package; to read them needs the extra "c2pa".
Nothing is fetched from anywhere, and no signature is judged trusted: what is told is what the
file says, and whether it was changed since.
"""

import json
import struct
from pathlib import Path
from typing import Any, BinaryIO

from projects.images import extras
from projects.images.provenance.recipe import Recipe, mapping, rows, text

MOST_HEAD = 4 * 1024 * 1024
MOST_CHUNKS = 100_000
MOST_ENTRIES = 60
_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "TIFF": "image/tiff",
    "GIF": "image/gif",
    "HEIC": "image/heic",
    "JXL": "image/jxl",
}
# No network, whatever the file asks for; and no list of trusted signers is kept here.
_SETTINGS = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False}}


def read(path: Path, kind: str) -> dict[str, Any]:
    """What the credentials of the file at `path` say; {} where it carries none.

    {"unread": True} without the package, {"broken": True} where they cannot be read; else {"tool",
    "tool_version", "signer", "changed": True where the file is not what was signed, "manifest" and
    "instance": its ids, "ingredients": [{"title", "manifest", "instance", "parent": bool}],
    "actions": [{"action", "when", "agent"}], "made_by": the last word of the digital source type}.
    """
    with path.open("rb") as file:
        if kind not in _TYPES or not carries(file, kind):
            return {}
    if not extras.is_here("c2pa"):
        return {"unread": True}
    import c2pa

    context = c2pa.Context(c2pa.Settings.from_dict(_SETTINGS))
    try:
        with path.open("rb") as file, c2pa.Reader(_TYPES[kind], file, context=context) as reader:
            return said(json.loads(reader.json()))
    except Exception:  # a broken signature breaks no picture, and the library raises anything
        return {"broken": True}


def carries(file: BinaryIO, kind: str) -> bool:
    """Whether there are credentials in the file, by the place its format has for them."""
    if kind in {"PNG", "WEBP"}:
        wanted = b"caBX" if kind == "PNG" else b"C2PA"
        return any(name == wanted for name in _chunks(file, kind))
    return b"c2pa" in file.read(MOST_HEAD)


def _chunks(file: BinaryIO, kind: str) -> Any:
    file.seek(8 if kind == "PNG" else 12)
    for _ in range(MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        if kind == "PNG":
            size, name = struct.unpack(">I4s", head)
            file.seek(size + 4, 1)
        else:
            name, size = struct.unpack("<4sI", head)
            file.seek(size + size % 2, 1)
        yield name


def said(store: dict[str, Any]) -> dict[str, Any]:
    """A manifest store as C2PA's tools print it, in the form `read` gives."""
    manifests = mapping(store.get("manifests"))
    active = mapping(manifests.get(text(store.get("active_manifest"))))
    generator = mapping((rows(active.get("claim_generator_info")) or [{}])[0])
    name, _, version = text(active.get("claim_generator")).split(" ")[0].partition("/")
    actions = list(_actions(active))
    found = {
        "tool": text(generator.get("name")) or name.replace("_", " "),
        "tool_version": text(generator.get("version")) or version,
        "signer": text(mapping(active.get("signature_info")).get("issuer")),
        "changed": any(map(_tells_of_change, rows(store.get("validation_status")))),
        "manifest": text(store.get("active_manifest")),
        "instance": text(active.get("instance_id")),
        "ingredients": list(map(_ingredient, rows(active.get("ingredients"))[:MOST_ENTRIES])),
        "actions": [action for action, _ in actions],
        "made_by": next((source for _, source in actions if source), ""),
    }
    return {key: value for key, value in found.items() if value}


def _tells_of_change(status: Any) -> bool:
    """Whether a code says that what was signed and what is there differ."""
    code = text(mapping(status).get("code"))
    return code.endswith(".mismatch") and code.startswith(
        ("assertion.dataHash", "assertion.bmffHash", "assertion.boxesHash", "claimSignature")
    )


def _ingredient(given: Any) -> dict[str, Any]:
    each = mapping(given)
    return {
        "manifest": text(each.get("active_manifest")),
        "title": text(each.get("title")),
        "instance": text(each.get("instance_id")),
        "parent": each.get("relationship") == "parentOf",
    }


def _actions(active: dict[str, Any]) -> Any:
    for assertion in rows(active.get("assertions"))[:MOST_ENTRIES]:
        if not text(mapping(assertion).get("label")).startswith("c2pa.actions"):
            continue
        data = mapping(mapping(assertion).get("data"))
        for given in rows(data.get("actions"))[:MOST_ENTRIES]:
            each = mapping(given)
            agent = each.get("softwareAgent")
            entry = {
                "action": text(each.get("action")).removeprefix("c2pa."),
                "when": text(each.get("when")),
                "agent": text(mapping(agent).get("name")) or text(agent),
            }
            source = text(each.get("digitalSourceType")).rpartition("/")[2]
            yield entry, source


def recipe(found: Any) -> Recipe | None:
    """The tool and the history of what `read` gave; None where it gave neither."""
    told = mapping(found)
    if not told.get("tool"):
        return None
    steps = [
        (each.get("action"), each.get("when"), each.get("agent"))
        for each in map(mapping, rows(told.get("actions")))
    ]
    return Recipe.of(
        told["tool"],
        tool_version=told.get("tool_version"),
        history=steps,
        sources=["Content Credentials"],
    )
