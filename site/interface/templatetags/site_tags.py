"""Tags that every template has at hand."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interface import illustrations, page_parts, places
from interface.drawings import Bar, Cell, Strip, draw_bar, draw_strip
from interface.owner import Owner
from interface.owner import owner as site_owner
from interface.written import CONTENT_LANGUAGE, as_written, speaks_as_content

register = template.Library()
register.simple_tag(places.address)
register.filter(as_written)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str) -> SafeString:
    """An icon of the sprite (interface.icons), hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=512)
def illustration(name: str, label: str = "") -> SafeString:
    """A drawing of ours (interface.illustrations). Without a label it is hidden from screen readers, as it is where
    the words beside it say all.
    """
    return _shown(name, "illustration", label)


@register.simple_tag
@lru_cache(maxsize=64)
def emblem(number: int | None) -> SafeString:
    """What stands for one of the ten indicators wherever it is shown, beside its name; nothing for an eleventh."""
    return _shown(f"emblems/{number}", "emblem") if number in illustrations.emblem_numbers() else mark_safe("")


def _shown(name: str, look: str, label: str = "") -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    opening = f'<svg class="{look}" {spoken} focusable="false" '
    return mark_safe(illustrations.drawn(name).replace("<svg ", opening, 1))  # noqa: S308 (our own files)


@register.simple_tag
def all_illustrations() -> tuple[str, ...]:
    return illustrations.names()


@register.filter
def points(value: Decimal | float | int | str | None) -> str:
    """8.5 as "8,5", 8.0 as "8", nothing as a dash."""
    if value in (None, ""):
        return "–"
    rounded = round(Decimal(str(value)), 1)
    return number_format(rounded, decimal_pos=0 if rounded == rounded.to_integral_value() else 1, force_grouping=True)


@register.filter
def percent(value: Decimal | float | int | None) -> str:
    """45.25 (already a percentage) as "45,3 %"; a missing figure is said to be missing, never 0 %."""
    return _("no figures yet") if value is None else f"{points(value)} %"


@register.simple_tag
def content_language() -> SafeString:
    """The language of what trainers wrote, for the element that holds it: where the page around it speaks another."""
    return mark_safe("" if speaks_as_content() else f' lang="{CONTENT_LANGUAGE}"')  # noqa: S308 (of the settings)


@register.inclusion_tag("components/written_in.html")
def written_in() -> dict[str, bool]:
    """Says that what follows is Vietnamese, to who reads the site in another language."""
    return {"is_other": not speaks_as_content()}


@register.simple_tag(takes_context=True)
def site_header(context: Context) -> SafeString:
    """Logo, search, and where this visitor can go; for members at most two queries, one shared with the page."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return _header(tuple(places.public_places()), False, None, get_language(), site_owner())
    told = (request.user.is_authenticated, places.unread(request), get_language(), site_owner())
    return _header(tuple(places.places(request)), *told)


@lru_cache(maxsize=1024)
def _header(
    shown: tuple[places.Place, ...], is_signed_in: bool, unread: str | None, language: str | None, owner: Owner
) -> SafeString:
    """The same for all with the same places and as many notices in the same language: drawn once, for every page."""
    told = {"places": shown, "is_signed_in": is_signed_in, "unread": unread, "owner": owner}
    return render_to_string("components/site_header.html", told)


@register.simple_tag
def site_assets() -> SafeString:
    """Fonts, style sheet and how a browser treats every page."""
    return _part("components/site_assets.html")


@register.simple_tag
def site_footer() -> SafeString:
    """The standing pages, whom to write to, and the switch of the language."""
    return _part("components/site_footer.html", get_language(), site_owner())


@register.simple_tag
def owner() -> Owner:
    """Who answers for the site, for the page that tells it at length."""
    return site_owner()


@register.simple_tag
def signature() -> SafeString:
    """Who writes, at the end of a letter."""
    return render_to_string("components/signature.txt", {"owner": site_owner()})


@register.simple_tag
def parts_for_members() -> SafeString:
    """What apps above put beneath the header for who is signed in."""
    return mark_safe("".join(_part(name, get_language()) for name in page_parts.templates_for_members))  # noqa: S308


@register.simple_tag
def page_scripts(for_members: bool = False) -> SafeString:
    """What apps above load on every page, or on every page of who is signed in."""
    return _scripts(tuple(page_parts.scripts_for_members if for_members else page_parts.scripts))


@lru_cache
def _scripts(names: tuple[str, ...]) -> SafeString:
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((static(name),) for name in names))


@lru_cache
def _part(template: str, language: str | None = None, owner: Owner | None = None) -> SafeString:
    """What is the same on every page in a language, drawn once."""
    return render_to_string(template, {"language": language, "owner": owner})


@register.simple_tag
def strip_of(cells: list[dict[str, Any]]) -> Strip:
    return draw_strip([Cell(**cell) for cell in cells])


@register.inclusion_tag("components/bar.html")
def bar(
    value: Decimal | float | None,
    maximum: Decimal | float = 100,
    goal: Decimal | float | None = None,
    silent: bool = False,
) -> dict[str, Bar | bool]:
    """A silent bar stands beside its own figure, which is read instead."""
    return {"bar": draw_bar(value, maximum, goal), "is_silent": silent}
