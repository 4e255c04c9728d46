"""When people who live may be born, and from which age they join and agree by themselves."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FIRST_BIRTH_YEAR = 1900
# Luật 91/2025/QH15: for a child the representative agrees, from seven years on the child as well.
AGREES_FROM_AGE = 7
AGREES_ALONE_FROM_AGE = 16
TOO_YOUNG = _(
    "Under 16, your parent or guardian must agree as well, and this form cannot record that. Go together to the "
    "learning promotion association of your commune or to your school: they add you there, and give you a slip by "
    "which you open your account together."
)
TOO_YOUNG_FOR_ACCOUNT = _("Children under 7 have no account of their own. An officer keeps their record.")


def is_possible_birth(year: int, day: datetime.date | None, today: datetime.date) -> bool:
    return FIRST_BIRTH_YEAR <= year <= today.year and (day is None or day <= today)


def is_old_enough(
    birth_year: int, birth_day: datetime.date | None, today: datetime.date, years: int = AGREES_ALONE_FROM_AGE
) -> bool:
    """From the birthday on where the day is known; else from the beginning of that year."""
    if birth_day is None:
        return today.year - birth_year >= years
    came_of_age = (birth_day.year + years, birth_day.month, birth_day.day)
    return (today.year, today.month, today.day) >= came_of_age


@dataclass(frozen=True)
class Signatures:
    """Whose agreement counts: the person's own, that of whoever represents a child, or both."""

    own: bool
    representative: bool


def signatures_of(birth_year: int | None, birth_day: datetime.date | None, today: datetime.date) -> Signatures:
    """Of whom no birth is known is taken for grown up: they said so when they signed up."""
    if birth_year is None:
        return Signatures(own=True, representative=False)
    return Signatures(
        own=is_old_enough(birth_year, birth_day, today, AGREES_FROM_AGE),
        representative=not is_old_enough(birth_year, birth_day, today),
    )
