"""The walk of someone who is not signed in: every address there is, and what came back."""

import re
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from studio.public.models import Letter, Publication, PublicMedia
from studio.store.models import Job
from tests.test_architecture import addresses

from .canaries import FIRST_ID


def values_of(pattern: str) -> list[str]:
    """Addresses for a pattern: every id there is, every public name, some that are none."""
    names = {row.public_id for row in Publication.objects.all()}
    names |= set(Letter.objects.values_list("public_id", flat=True)) | {"nothing", "bcdf"}
    media = set(PublicMedia.objects.values_list("name", flat=True)) | {"0" * 64 + ".webp"}
    fills = {
        "int": [str(FIRST_ID + n) for n in range(1, 5)],
        "uuid": [str(pk) for pk in Job.objects.values_list("pk", flat=True)[:2]],
        "slug": sorted(names),
        "str": ["front", "abc"],
        "media": sorted(media),
        "thumb": ["256", "2048"],
    }
    addresses_now = [pattern]
    while "<" in addresses_now[0]:
        kind = re.search(r"<(?:(\w+):)?\w+>", addresses_now[0]).group(1) or "str"
        addresses_now = [
            re.sub(r"<[^>]+>", value, one, count=1)
            for one in addresses_now
            for value in fills.get(kind, ["1", "abc"])
        ]
    return addresses_now


def everywhere() -> list[str]:
    """Every address there is, by the map of addresses, and every stored file by guesses."""
    found = [one for pattern, _, _ in addresses(get_resolver()) for one in values_of(pattern)]
    found += ["/nowhere/", "/progress", "/zh/progress", "/progress/nowhere/", "/zh/progress/x.y"]
    found += ["/robots.txt", "/sitemap.xml", "/static/", "/media/", "/favicon.ico"]
    for path in sorted(settings.STUDIO_DATA.rglob("*")):
        if path.is_file():
            name = path.relative_to(settings.STUDIO_DATA)
            found += [f"{prefix}{name}" for prefix in ("/", "/static/", "/media/", "/progress/")]
            found += [f"/progress/media/{name}", f"/progress/media/../../{name}"]
            found.append(f"/progress/media/{path.name}")
    return list(dict.fromkeys(found))


class Answer:
    """What came over the wire."""

    def __init__(self, address: str, response: Any) -> None:
        self.address, self.status = address, response.status_code
        head = "\n".join(f"{name}: {value}" for name, value in response.items())
        self.cookies = [morsel.OutputString() for morsel in response.cookies.values()]
        body = b"".join(response.streaming_content) if response.streaming else response.content
        self.body = body
        self.bytes = "\n".join([address, head, *self.cookies]).encode() + b"\n\n" + body
        self.vary = response.get("Vary", "")

    def __repr__(self) -> str:
        return f"{self.status} {self.address}"


def walk() -> list[Answer]:
    """Every answer to someone who is not signed in, to GET, HEAD and POST, and error pages."""
    answers = []
    client = Client(raise_request_exception=False)
    for address in everywhere():
        answers.append(Answer("", client.get(address)))
        answers[-1].address = address
        if address.startswith(("/progress", "/zh/")):
            answers += [Answer(address, ask(address)) for ask in (client.head, client.post)]
    host = client.get("/progress/", headers={"Host": "elsewhere.example"})
    answers.append(Answer("/bad-host/", host))
    return answers


def said_in(answers: list[Answer], words: dict[str, str]) -> dict[str, list[str]]:
    """Whose words came out, and where."""
    found: dict[str, list[str]] = {}
    for answer in answers:
        text = answer.bytes.decode("utf-8", "replace")
        for word, where in words.items():
            if word in text.replace(answer.address, "", 1):
                found.setdefault(where, []).append(repr(answer))
    return found
