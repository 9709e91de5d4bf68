"""The Atom feed (RFC 4287): letters, films and milestones, as they were published."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from studio.public.composition import Card, Page
from studio.public.tongues import LANGUAGES, main

MOST = 30
KINDS = {"letter", "film", "milestone"}


class Feed(Atom1Feed):
    """With the whole text of an entry, languages of entries, and a date that does not drift."""

    changed: datetime

    def latest_post_date(self) -> datetime:
        """When something was last published or withdrawn."""
        return self.changed

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Django's elements, then the content."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """The language of an entry, where it is not the feed's."""
        return {"xml:lang": item["lang"]}


def atom(page: Page, lang: str, root: str, authority: str, changed: datetime) -> str:
    """The feed of `page` in `lang`; `root` is scheme and host.

    Ids are tags made when a thing was first published: they stay when the studio moves.
    """
    spoken = LANGUAGES[lang]
    title = main(page.names, spoken)[1] or _("Progress")
    author = page.front.payload["author"] if page.front else ""
    feed = Feed(
        title=title,
        link=root + reverse("public:progress", kwargs={"lang": lang}),
        description=None,
        language=spoken,
        author_name=author or title,
        feed_url=root + reverse("public:progress_feed", kwargs={"lang": lang}),
        feed_guid=f"tag:{authority}:{spoken}",
    )
    feed.changed = changed
    dated = [(card.since, card) for card in page.cards if card.kind in KINDS and card.since]
    for _since, card in sorted(dated, key=lambda pair: pair[0], reverse=True)[:MOST]:
        feed.add_item(**entry(card, lang, root))
    text: str = feed.writeString("utf-8")
    return text


def entry(card: Card, lang: str, root: str) -> dict[str, Any]:
    """One entry."""
    spoken = LANGUAGES[lang]
    if card.kind == "letter":
        said = letter_in(card, spoken)
        title, content, own = said["title"], said["html"], said["lang"]
        kwargs = {"lang": lang, "public_id": card.public_id}
        link = reverse("public:progress_letter", kwargs=kwargs)
    else:
        own, title = title_of(card, spoken)
        context = {"card": card, "html_lang": spoken, "root": root}
        content = render_to_string("public/_entry.html", context).strip()
        home = reverse("public:progress", kwargs={"lang": lang})
        link = f"{home}#{card.kind}-{card.public_id}"
    return {
        "title": title,
        "link": root + link,
        "description": None,
        "unique_id": f"{card.tag}:{spoken}",
        "pubdate": card.since,
        "updateddate": card.updated,
        "content": content,
        "lang": own,
    }


def title_of(card: Card, spoken: str) -> list[str]:
    """[language, what a film or a milestone is called]."""
    if card.payload.get("hours"):
        return [spoken, _("%(h)s hours") % {"h": f"{card.payload['hours']:,}"}]
    return main(card.payload["names"], spoken)


def letter_in(card: Card, spoken: str) -> dict[str, Any]:
    """A letter's text in `spoken`, else in the language there is."""
    texts = card.payload["texts"]
    own = spoken if spoken in texts else next(iter(texts))
    return {"lang": own, **texts[own]}
