"""Where a page stands."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _


def session_trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """My learning › Learning sessions › the steps; the last has no address."""
    return learners_trail((_("Learning sessions"), reverse("sessions:sessions")), *steps)


def learners_trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """My learning › the steps."""
    whole = [(_("My learning"), settings.LOGIN_REDIRECT_URL), *steps]
    return [*whole[:-1], (whole[-1][0], "")]
