"""What the sample pictures say of their making: invented, as all of the story is.

Early versions carry words, seed and settings as a web UI writes them; the last third went through
Photoshop, which names the version each was saved from.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from PIL import Image

from studio.ops.demo.painter import FEW, is_edited

MODELS = ("flux1-dev-fp8", "qwen-image-fp8")
STYLE = "long lens, cold dawn, film grain, no people but one, 2.39:1"
LATER = (
    "",
    ", a single figure for scale",
    ", a thin pillar of light at the right",
    ", mist lying on the plain",
    ", the lattice barely visible",
    ", warmer sky over a colder ground",
)
NEGATIVE = "text, watermark, lens flare, crowd"
EXIF_IFD, USER_COMMENT = 0x8769, 0x9286
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""\
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"\
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"\
 xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"\
 xmp:CreatorTool="Adobe Photoshop 26.1 (Macintosh)" xmpMM:DocumentID="xmp.did:{document}"\
 xmpMM:OriginalDocumentID="xmp.did:{original}" xmpMM:InstanceID="xmp.iid:{instance}">\
{derived}<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"\
 stEvt:instanceID="xmp.iid:{instance}" stEvt:softwareAgent="Adobe Photoshop 26.1 (Macintosh)"\
 stEvt:changed="/"/></rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>"""
DERIVED = """<xmpMM:DerivedFrom stRef:instanceID="xmp.iid:{parent}"\
 stRef:documentID="xmp.did:{parent_document}" stRef:originalDocumentID="xmp.did:{original}"/>"""


def words(shot: int, title: str, number: int, count: int) -> str:
    """The words, and under them the settings in one line."""
    generated = min(number, count - count // 3 if count > FEW else count)
    prompt = f"{title.lower()}, {STYLE}{''.join(LATER[1 : 1 + generated // 2])}"
    seed = 410_000_000 + shot * 7919 + generated * 104_729
    settings = (
        f"Steps: {24 + generated % 3 * 4}, Sampler: Euler, Schedule type: Simple, CFG scale: 1, "
        f"Seed: {seed}, Size: 1280x536, Model: {MODELS[shot % 2]}, Version: f2.0.1"
    )
    return f"{prompt}\nNegative prompt: {NEGATIVE}\n{settings}"


def packet(shot: int, number: int, count: int) -> str:
    """The XMP of an edited version; it names the edited one before it, if there is one."""
    original = _id(shot, 0)
    derived = ""
    if is_edited(number - 1, count):
        ids = {"parent": _id(shot, number - 1, "i"), "parent_document": _id(shot, number - 1)}
        derived = DERIVED.format(original=original, **ids)
    ids = {"document": _id(shot, number), "instance": _id(shot, number, "i")}
    return XMP.format(original=original, derived=derived, **ids)


def _id(shot: int, number: int, kind: str = "d") -> UUID:
    return uuid5(NAMESPACE_URL, f"throughline:demo/{shot}/{number}/{kind}")


def options(shot: int, title: str, number: int, count: int) -> dict[str, object]:
    """What a picture is saved with, as Pillow takes it: Exif, and XMP where it was edited."""
    exif = Image.Exif()
    comment = b"UNICODE\0" + words(shot, title, number, count).encode("utf-16-be")
    exif.get_ifd(EXIF_IFD)[USER_COMMENT] = comment
    found: dict[str, object] = {"exif": exif.tobytes()}
    if is_edited(number, count):
        found["xmp"] = packet(shot, number, count).encode()
    return found
