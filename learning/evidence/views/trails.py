"""Where a page stands."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """My learning › My evidence › the steps; the last has no address."""
    whole = [(_("My learning"), settings.LOGIN_REDIRECT_URL), (_("My evidence"), reverse("evidence:mine")), *steps]
    return [*whole[:-1], (whole[-1][0], "")]
