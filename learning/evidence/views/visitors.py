"""Who asks, and where a page stands."""

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from membership.models import Person, User
from membership.policy import Action, may


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def person_of(request: HttpRequest) -> Person:
    """404 for accounts that run the machine and are nobody's record."""
    person = user_of(request).person
    if person is None:
        raise Http404
    return person


def require_anywhere(request: HttpRequest, action: Action) -> None:
    """404 for whom the page is none of their business."""
    if not may(user_of(request), action):
        raise Http404


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """My learning › My evidence › the steps; the last has no address."""
    whole = [(_("My learning"), settings.LOGIN_REDIRECT_URL), (_("My evidence"), reverse("evidence:mine")), *steps]
    return [*whole[:-1], (whole[-1][0], "")]
