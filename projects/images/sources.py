"""Pictures named by a person on the command line: a file, or a version by its id."""

from pathlib import Path
from tempfile import TemporaryDirectory

from projects.images import child, proxy
from projects.images.models import Rendition, Version
from projects.images.reasons import sentence
from studio.store.remote import Unreachable, fetch


class NoPicture(Exception):
    """What was named cannot be compared; the text says why, as a sentence."""


def proxy_of(named: str) -> proxy.Proxy:
    """What the picture `named` is compared by; raises NoPicture."""
    path = Path(named)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):  # too long a name, or a null byte in it
        is_file = False
    if named.isascii() and named.isdecimal() and len(named) < 19:
        version = Version.objects.select_related("blob").filter(pk=int(named)).first()
        if version is not None:
            return proxy_of_version(version)
        if not is_file:
            raise NoPicture(f"There is no version {named}.")
    if not is_file:
        raise NoPicture(f"{named}: there is no such file; give a picture or the id of a version.")
    return proxy_of_file(path, named)


def proxy_of_version(version: Version) -> proxy.Proxy:
    """The kept one, else one made now."""
    row = Rendition.objects.filter(blob=version.blob, name="proxy").first()
    if row is not None and row.is_whole:
        return proxy.read(row.path, (row.width, row.height), row.index)
    try:
        path = fetch(version.blob)
    except Unreachable as error:
        raise NoPicture(f"Version {version.pk}: {error}") from error
    if not path.exists():
        raise NoPicture(f"Version {version.pk}: {sentence('missing')}")
    return proxy_of_file(path, f"Version {version.pk}")


def proxy_of_file(path: Path, named: str) -> proxy.Proxy:
    """Made in the limited child; raises NoPicture."""
    with TemporaryDirectory() as folder:
        try:
            for answer in child.make(path, Path(folder), {"proxy"}):
                if "refused" in answer:
                    raise NoPicture(f"{named}: {sentence(answer['refused'])}")
                if answer.get("made") == "proxy":
                    size = answer["width"], answer["height"]
                    return proxy.read(Path(folder) / "proxy.bin", size, answer["index"])
        except child.TooSlow:
            raise NoPicture(f"{named}: {sentence('slow')}") from None
        except child.Interrupted:
            raise NoPicture(f"{named}: reading it was stopped; try again.") from None
    raise NoPicture(f"{named}: {sentence('large')}")
