"""From which age people join by themselves."""

from django.utils.translation import gettext_lazy as _

# Luật 91/2025/QH15: for children the representative consents too. Until that has a form here, they join at a desk.
OWN_SIGN_UP_FROM_AGE = 16
TOO_YOUNG = _(
    "Under 16, your parent or guardian must agree as well, and this form cannot record that. Go together to the "
    "learning promotion association of your commune or to your school: they add you there."
)


def is_old_enough(birth_year: int, year: int) -> bool:
    return year - birth_year >= OWN_SIGN_UP_FROM_AGE
