"""What the templates of materials and lessons need."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from interface import illustrations
from training_materials.blocks.bodies import body_html, fresh_body_html
from training_materials.lists.covers import covers_of
from training_materials.models import Topic
from training_materials.outlines.outline import ShownStep
from training_materials.packages.kinds import kind_of

register = template.Library()
register.filter("kind_of", kind_of)

_COVER = "training_materials/includes/cover.html"
_INDICATORS = "training_materials/includes/indicators.html"
_OUTLINE_ROW = "training_materials/includes/outline_row.html"
_TEACHER = "training_materials/includes/teacher.html"


@register.simple_tag(takes_context=True)
def page_body(context: Context, page: Any) -> SafeString:
    """The page's blocks as HTML."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    return fresh_body_html(page) if is_preview else body_html(page)


@register.inclusion_tag(_COVER)
def cover(page: Any, names: Iterable[str], is_first: bool = False) -> dict[str, Any]:
    """The page's picture or drawing, or the first among these names. Decoration: its title always stands beside it.

    ``is_first``: it stands at the head of its page, so it is not waited for until it comes into view.
    """
    name = _subject(page, names)
    return {"picture": page.cover, "name": name, "tint": illustrations.tint_of(name), "is_first": is_first}


@register.simple_tag
def cover_tint(page: Any, names: Iterable[str]) -> str:
    """The class that tints the head of the page as its topic, whether a picture or a drawing stands there."""
    return f"tint--{illustrations.tint_of(_subject(page, names))}"


@register.simple_tag
def office_cover(table: Any, page: Any) -> SafeString:
    """The cover beside the title of a page in a list of the back office: those of all its rows are read at once."""
    if not hasattr(table, "covers"):
        table.covers = covers_of(row.pk for row in table.data)
    shown = table.covers.get(page.pk)
    return render_to_string(_COVER, cover(shown, shown.names)) if shown else SafeString()


@register.filter
def drawings_of(topics: Iterable[Topic]) -> list[str]:
    return [topic.illustration for topic in topics]


@register.simple_tag
def teacher_card(page: Any) -> SafeString:
    """Who teaches the course: only what was published of them."""
    said = {"name": page.teacher, "place": page.teacher_place, "welcome": page.welcome, "figure": page.figure}
    if page.portrait:
        return render_to_string(_TEACHER, {**said, "portrait": page.portrait})
    return _drawn_once(_TEACHER, tuple(said.items()), get_language())


@register.simple_tag
def indicator_card(indicators: Iterable[tuple[int, str]]) -> SafeString:
    """Which indicators of the title the page serves."""
    return _drawn_once(_INDICATORS, (("indicators", tuple(indicators)),), get_language())


@register.simple_tag
def outline_row(shown: ShownStep, is_signed_in: bool) -> SafeString:
    """A step in a course's outline."""
    said = {"step": shown.step, "state": shown.state, "url": shown.url, "is_signed_in": is_signed_in}
    return _drawn_once(_OUTLINE_ROW, tuple(said.items()), get_language())


@lru_cache(maxsize=2048)
def _drawn_once(template: str, said: tuple[tuple[str, Any], ...], language: str | None) -> SafeString:
    """It is made of nothing else."""
    return render_to_string(template, dict(said))


def _subject(page: Any, names: Iterable[str]) -> str:
    chosen = (name for name in (page.illustration, *names) if name in illustrations.SUBJECTS)
    return next(chosen, illustrations.ANY_SUBJECT)
