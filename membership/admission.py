"""Who asks for a page, and who may. Whoever is not signed in has been led to sign in before (``login_required``)."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.base import BasePermissionPolicy

from interface.errors import signed_out
from membership.models import Person, Role, Unit, User
from membership.policy import ROLE_ACTIONS, Action, AnyUser, may, reach
from membership.succession import map_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def user_of(request: HttpRequest) -> User:
    """Whoever is signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def is_same_account(request: HttpRequest) -> bool:
    """Whether the account that a page was made for, if its script says so, is the one signed in: the session may have
    ended, and somebody else may have signed in in another tab."""
    signed_in = str(request.user.pk)
    return request.user.is_authenticated and request.headers.get("X-Account", signed_in) == signed_in


def keeping_text(view: View) -> View:
    """What is sent once the session has ended stays on the page that says so, to be sent again: on the way to signing
    in it would be lost."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not is_same_account(request):
            return signed_out(request)
        return view(request, *args, **kwargs)

    return cast(View, kept)


def private_page(view: View) -> View:
    """To be read by whoever is signed in; no cache keeps it."""
    return require_safe(login_required(never_cache(view)))


def private_form(view: View) -> View:
    """The same, with a form that is sent to the page itself."""
    return require_http_methods(["GET", "HEAD", "POST"])(keeping_text(login_required(never_cache(view))))


def private_post(view: View) -> View:
    """What is sent by whoever is signed in, and never read."""
    return require_POST(keeping_text(view))


def admit(request: HttpRequest, action: Action, unit: Unit | None = None) -> User:
    """The user, who may do the action in the unit, or, without one, anywhere at all; 404 for all others, who need not
    know that there is such a page."""
    user = user_of(request)
    if not may(user, action, unit):
        raise Http404
    return user


class AdmittedMixin(LoginRequiredMixin):
    """For a view that is open to who may do ``needs`` anywhere: ``user`` is whoever asks for it."""

    request: HttpRequest
    needs: Action
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.user = admit(request, self.needs)
        return super().dispatch(request, *args, **kwargs)


class OfficePage(AdmittedMixin, WagtailAdminTemplateMixin):
    """A page of the back office; ``parents`` are the places between its home and here: view, label, keys."""

    kwargs: dict[str, Any]
    parents: Sequence[tuple[Any, ...]] = ()

    def get_parents(self) -> Sequence[tuple[Any, ...]]:
        return self.parents

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        parents = [{"url": reverse(name, args=keys), "label": label} for name, label, *keys in self.get_parents()]
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *parents, here]


def person_of(request: HttpRequest) -> Person:
    """404 for accounts that run the machine and are nobody's record."""
    person = user_of(request).person
    if person is None:
        raise Http404
    return person


def highest_unit(request: HttpRequest, action: Action) -> Unit:
    """Of those in which the user may do the action today; 404 where there is none."""
    within = Unit.objects.on(timezone.localdate()).filter(reach(request.user, action))
    unit = within.order_by("depth", "path").first()
    if unit is None:
        raise Http404
    return unit


class ActionPolicy(BasePermissionPolicy):
    """Who may do the one thing may do all there is to do with the model."""

    needs: Action

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return may(user, self.needs)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = [role for role in Role if self.needs in ROLE_ACTIONS[role]]
        return User.objects.filter(person__memberships__role__in=roles).distinct()


def unit_with_figures(request: HttpRequest, code: str, year: int) -> Unit:
    """The unit that bore the code at the end of the year, or today; else the last that bore it: a code lives on in a
    new unit when the old one ends. 404 beyond the user's reach, in which is also what lives on in a unit within it."""
    today = timezone.localdate()
    day = min(today, datetime.date(year, 12, 31))
    bearing = sorted(Unit.objects.filter(code=code), key=lambda unit: (unit.stands_on(day), unit.valid_from))
    for unit in reversed(bearing):
        if may(request.user, Action.VIEW_FIGURES, unit) or _lives_on_within_reach(request, unit, today):
            return unit
    raise Http404


def _lives_on_within_reach(request: HttpRequest, unit: Unit, today: datetime.date) -> bool:
    within = reach(request.user, Action.VIEW_FIGURES)
    return Unit.objects.filter(within, path__in=map_of(today).homes(unit.path)).exists()


class FiguresMixin(AdmittedMixin):
    """For figures of a ``year`` about the ``unit`` whose code the address says, without one of the highest."""

    needs = Action.VIEW_FIGURES
    kwargs: dict[str, Any]
    year: int

    @cached_property
    def unit(self) -> Unit:
        code = self.kwargs.get("unit_code")
        if code is None:
            return highest_unit(self.request, self.needs)
        return unit_with_figures(self.request, code, self.year)
