"""Run in a studio's own environment: python -m tests.faults.inside WHAT NUMBER, answers in JSON.

`stage` makes the owner and so many scenes; `look` tells all that is kept of every scene; `steps`
takes so many random steps of two devices.
"""

import json
import logging
import os
import sys
from typing import Any

import django


def stage(number: int) -> dict[str, Any]:
    """An owner's cookie and the keys of new scenes, half of them in a Chinese book."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    from studio.accounts.models import User
    from tests.writing import make

    client = Client()
    client.force_login(User.objects.create_user("lin", password="not used here", name="Lin Yuan"))
    books = [make.book(), make.book("晶格记得", language="zh-Hans")]
    scenes = [make.scene(chapter=make.chapter(str(n), book=books[n % 2])) for n in range(number)]
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"cookie": cookie, "scenes": [scene.pk for scene in scenes]}


def look(number: int) -> dict[str, Any]:
    """Every scene with its revisions, the oldest first."""
    from projects.writing.models import Scene

    def told(revision: Any) -> dict[str, Any]:
        fields = ("number", "base", "kind", "name", "device", "text")
        return {**{name: getattr(revision, name) for name in fields}, "key": str(revision.key)}

    return {
        str(scene.pk): {
            "head": scene.head,
            "text": scene.text,
            "revisions": [told(row) for row in scene.revisions.order_by("number")],
        }
        for scene in Scene.objects.all()
    }


def steps(number: int) -> dict[str, Any]:
    """What so many steps came to."""
    from studio.accounts.models import User
    from tests.faults import two_devices

    logging.disable(logging.WARNING)  # conflicts are what it is about
    return two_devices.walk(number, User.objects.get(), random=True)._asdict()


def main() -> None:
    """Do what is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    what = {"stage": stage, "look": look, "steps": steps}[sys.argv[1]]
    print(json.dumps(what(int(sys.argv[2]))))


if __name__ == "__main__":
    main()
