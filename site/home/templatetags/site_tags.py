"""Tags that every template has at hand."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from home import navigation as places_of
from home.drawings import Bar, Cell, Strip, draw_bar, draw_strip

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite (home.icons), hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def address(name: str) -> str:
    """The address of one of the site's standing places (home.navigation.ADDRESSES)."""
    return places_of.ADDRESSES[name]


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


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[places_of.Place]:
    """Where this visitor can go; for members at most one query, shared with the page."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return places_of.public_places("")
    return places_of.places(request.user, request.path)


@register.simple_tag
def strip_of(cells: list[dict[str, Any]]) -> Strip:
    return draw_strip([Cell(**cell) for cell in cells])


@register.inclusion_tag("components/bar.html")
def bar(
    value: Decimal | float | None, maximum: Decimal | float = 100, goal: Decimal | float | None = None
) -> dict[str, Bar]:
    return {"bar": draw_bar(value, maximum, goal)}
