"""Tags of the quiz pages."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def score(value: Decimal | None) -> str:
    """Points as exactly as they count, without idle zeros: 2.45 as "2,45", 10.00 as "10"; None as a dash."""
    if value is None:
        return "–"
    plain = f"{value:.2f}".rstrip("0")
    return number_format(Decimal(plain), decimal_pos=len(plain.partition(".")[2]))


@register.filter
def duration(minutes: int) -> str:
    """In the largest unit of which it is a whole number: 1440 as "1 day", 90 as "90 minutes"."""
    if minutes % 1440 == 0:
        return ngettext("%(count)d day", "%(count)d days", minutes // 1440) % {"count": minutes // 1440}
    if minutes % 60 == 0:
        return ngettext("%(count)d hour", "%(count)d hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
