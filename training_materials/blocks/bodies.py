"""Bodies as HTML, kept for each published revision: blocks are the dearest part of a lesson; and their headings."""

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import chain, count
from typing import Any, NamedTuple

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from interface.vietnamese import words_of
from work import kept

# Also how long a body may name a link, a picture or a file that was changed since, without the page itself. Contents
# that are played are told at once: see forget_bodies.
_KEPT_SECONDS = 10 * 60
LENGTH_OF_ANCHORS = 60
_HEADING = re.compile(r'<h2 id="([^"]+)">')


def body_html(page: Any) -> SafeString:
    """The published body of a lesson, material or plain page; from the cache if this revision was drawn before. What
    was never published is drawn each time."""
    if not page.live_revision_id or not page.last_published_at:
        return fresh_body_html(page)
    part = f"{page.live_revision_id}:{page.last_published_at.timestamp()}:{get_language()}"
    html = kept.kept(_name(page), lambda: str(fresh_body_html(page)), part=part, seconds=_KEPT_SECONDS)
    return mark_safe(html)  # noqa: S308 (rendered by our own block templates, which escape)


def forget_bodies(pages: Iterable[Page]) -> None:
    """Drawn anew at the next visit, since something that they show is another now or is gone."""
    for page in pages:
        kept.forget(_name(page))


def fresh_body_html(page: Any) -> SafeString:
    """The body as it stands in this object: also for previews. Headings that say the same are told apart."""
    html = str(page.body.render_as_block())
    names = _told_apart(_HEADING.findall(html))
    return mark_safe(_HEADING.sub(lambda _found: f'<h2 id="{next(names)}">', html))  # noqa: S308 (as above)


def anchor(heading: str) -> str:
    """The id of a heading in the page: its words without tone marks. Those of the pages themselves have an
    underscore, as ``o_ghi-chu``."""
    return "-".join(words_of(heading))[:LENGTH_OF_ANCHORS].strip("-") or "phan"


class Part(NamedTuple):
    """What stands beneath one heading. The key is that of the block: it stays when the heading is worded anew."""

    key: str
    title: str
    anchor: str


def parts(body: StreamValue) -> list[Part]:
    """In order. Read from what is stored, since blocks are dear and ask for their pictures."""
    raw = (block for block in body.raw_data if block["type"] == "heading")
    told = [(block.get("id"), str(block["value"])) for block in raw]
    names = _told_apart([anchor(title) for _key, title in told])
    return [Part(key or name, title, name) for (key, title), name in zip(told, names, strict=True)]


def headings(body: StreamValue) -> list[tuple[str, str]]:
    """The text and the anchor of each heading, in order."""
    return [(part.title, part.anchor) for part in parts(body)]


def standing(page: Any, passages: Collection[str]) -> set[str]:
    """Those that the published body holds, however they are broken into lines and blocks: it is read once."""
    text = _unbroken(unescape(strip_tags(body_html(page)))) if passages else ""
    return {passage for passage in passages if _unbroken(passage) in text}


def _told_apart(anchors: Iterable[str]) -> Iterator[str]:
    """What stands a second time has a number."""
    taken = set[str]()
    for name in anchors:
        numbered = (f"{name[: LENGTH_OF_ANCHORS - 4]}-{number}" for number in count(2))
        found = next(one for one in chain([name], numbered) if one not in taken)
        taken.add(found)
        yield found


def _unbroken(text: str) -> str:
    return "".join(text.split())


def _name(page: Page) -> str:
    return f"body:{page.pk}"
