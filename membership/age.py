"""When people who live may be born, and from which age they join by themselves."""

import datetime

from django.utils.translation import gettext_lazy as _

FIRST_BIRTH_YEAR = 1900
# Luật 91/2025/QH15: for children the representative consents too. Until that has a form here, they join at a desk.
OWN_SIGN_UP_FROM_AGE = 16
TOO_YOUNG = _(
    "Under 16, your parent or guardian must agree as well, and this form cannot record that. Go together to the "
    "learning promotion association of your commune or to your school: they add you there."
)


def is_possible_birth(year: int, day: datetime.date | None, today: datetime.date) -> bool:
    return FIRST_BIRTH_YEAR <= year <= today.year and (day is None or day <= today)


def is_old_enough(birth_year: int, birth_day: datetime.date | None, today: datetime.date) -> bool:
    """From the birthday on where the day is known; else from the beginning of that year."""
    if birth_day is None:
        return today.year - birth_year >= OWN_SIGN_UP_FROM_AGE
    came_of_age = (birth_day.year + OWN_SIGN_UP_FROM_AGE, birth_day.month, birth_day.day)
    return (today.year, today.month, today.day) >= came_of_age
