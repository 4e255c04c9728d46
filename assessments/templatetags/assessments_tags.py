"""Tags of the quiz pages."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def score(value: Decimal | None) -> str:
    """Points as exactly as they count, without idle zeros: 2.45 as "2,45", 10.00 as "10"; None as a dash."""
    if value is None:
        return "–"
    plain = f"{value:.2f}".rstrip("0")
    return number_format(Decimal(plain), decimal_pos=len(plain.partition(".")[2]))
