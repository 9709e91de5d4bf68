"""A version moves to another picture, or to one of its own, and back."""

from typing import Any

from django.core import signing
from django.db import transaction

from .models import AlreadyHere, Derivation, Image, Version, next_number

SALT = "images.moving"


def move(version: Version, to: Image | None) -> str:
    """Make it a version of `to`, or of a new picture: the author has said so.

    A picture that is left with nothing is gone, unless something else holds on to it. Answers what
    `back` takes; raises AlreadyHere where `to` has the same bytes.
    """
    with transaction.atomic():
        before = version.image
        kept = stands(version)
        if to is None:
            to = Image.objects.create(title=before.title)
        settle(version, to, next_number(to) if to.versions.exists() else version.number)
        version.grouping = Version.Grouping.SAID
        version.save()
        Derivation.objects.moved(version)
        if not before.versions.exists() and not is_held(before):
            before.delete()
    return signing.dumps(kept, salt=SALT, compress=True)


def back(version: Version, kept: str) -> None:
    """Put it where it stood; raises signing.BadSignature, AlreadyHere."""
    was: dict[str, Any] = signing.loads(kept, salt=SALT)
    if was["pk"] != version.pk:
        raise signing.BadSignature
    with transaction.atomic():
        now = version.image
        image, _made = Image.objects.get_or_create(
            pk=was["image"], defaults={"title": was["title"]}
        )
        taken = image.versions.filter(number=was["number"]).exclude(pk=version.pk).exists()
        settle(version, image, next_number(image) if taken else was["number"])
        version.grouping = was["grouping"]
        version.save()
        Derivation.objects.moved(version)
        if was["picked"]:
            Image.objects.filter(pk=image.pk, pick=None).update(pick=version)
        if now.pk != image.pk and not now.versions.exists() and not is_held(now):
            now.delete()


def settle(version: Version, to: Image, number: int) -> None:
    """Give it its picture and number; the pick of the picture it leaves is open again."""
    list(Image.objects.select_for_update().filter(pk=to.pk))
    there = to.versions.filter(blob=version.blob_id).exclude(pk=version.pk).first()
    if there is not None:
        raise AlreadyHere(there)
    version.unpick()
    version.image, version.number, version.perhaps = to, number, None


def stands(version: Version) -> dict[str, Any]:
    """Where it stands now."""
    return {
        "pk": version.pk,
        "image": version.image_id,
        "title": version.image.title,
        "number": version.number,
        "grouping": version.grouping,
        "picked": version.is_picked,
    }


def is_held(image: Image) -> bool:
    """Whether anything but versions refers to a picture: a shot, an entry of the bible."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: image}).exists()
        for relation in image._meta.related_objects
        if relation.related_model is not Version
    )
