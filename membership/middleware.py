"""What stands between signing in and the rest: a second factor for staff, consent, today's roles for the admin, and
the end of a session that an officer left for a working day. What somebody signed in is shown, no browser keeps.

What was found is kept in the session for five minutes, so a request in between costs no query. A new consent text
or a new role is thus noticed within five minutes, a consent withdrawn in another session at once, because the person's
record tells it; Wagtail's admin asks each time.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from interface.places import ADDRESSES
from membership.actions import SECOND_FACTORS, sync_groups
from membership.age import signatures_of
from membership.models import ConsentText, User
from membership.policy import is_staff_member
from membership.sign_on import LEVEL
from membership.writing import WithdrawnError, writing_about

ADMIN = "/quan-tri/"
ACCOUNT = "/tai-khoan/"
_ASKED_BY_ITSELF = "/quan-tri/editing-sessions/"  # by an open page, whether or not somebody sits before it
REQUESTS = ADDRESSES["own_requests"]
MACHINES = "/xapi/"  # what asks there follows no redirect to a page
FOUND_GOOD_FOR = 300  # seconds
SESSION_KEY = "door_passed"

_ALWAYS_OPEN = ("/static/", "/media/", "/quyen-rieng-tu/", "/ngon-ngu/", "/healthz")


class SignedInDoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Without the cookie nobody is signed in, and the session stays untouched.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(user := request.user, User):
            user.identity_level = request.session.get(LEVEL, "")
            stopped = _stop(request, user)
            return _unkept(self._answer(request, user) if stopped is None else stopped)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, WithdrawnError):
            return None
        request.session.modified = False  # the withdrawal ended it
        return _ask_consent(request)

    def _answer(self, request: HttpRequest, user: User) -> HttpResponseBase:
        """Whoever came through the door may withdraw in another session before this one has written."""
        is_open = request.path.startswith((*_ALWAYS_OPEN, ACCOUNT, REQUESTS, MACHINES))
        if is_open or request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with writing_about(user.person_id):
            return self.get_response(request)


def forget(request: HttpRequest) -> None:
    """Has the door look again at the next request."""
    request.session.pop(SESSION_KEY, None)


def _stop(request: HttpRequest, user: User) -> HttpResponse | None:
    if request.path.startswith(_ALWAYS_OPEN) or request.path == reverse("account_logout"):
        return None
    is_admin = request.path.startswith(ADMIN)
    now = timezone.now().timestamp()
    known, found_good_at = request.session.get(SESSION_KEY, (None, now))
    if now - found_good_at > settings.OFFICE_IDLE_SECONDS and is_staff_member(user):
        return _send_out(request)
    is_known = known == _standing(user)
    is_fresh = is_known and now - found_good_at < FOUND_GOOD_FOR
    if is_fresh and not is_admin:
        return None
    if _lacks_second_factor(user):
        return None if _leads_to_second_factor(request.path) else _lead(request, reverse("mfa_activate_totp"))
    if not request.path.startswith(_open_without_consent(user)) and _lacks_consent(user):
        # What someone is just saving is not lost to a text published meanwhile: the next page asks.
        return None if is_known and request.method == "POST" else _ask_consent(request)
    if not is_fresh and (led := _remember(request, user, now)) is not None:
        return led
    if is_admin:
        _admit_to_admin(user)
    return None


def _remember(request: HttpRequest, user: User, now: float) -> HttpResponse | None:
    """That the door was found good, for a while; who restricted the use of their data comes to their requests alone."""
    if request.path.startswith((ACCOUNT, REQUESTS, _ASKED_BY_ITSELF)):
        return None
    if user.person is not None and user.person.restricted_at is not None:
        return _lead(request, REQUESTS)
    request.session[SESSION_KEY] = (_standing(user), now)
    return None


def _send_out(request: HttpRequest) -> HttpResponse:
    onward = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    logout(request)
    messages.info(request, _("You were away for a working day and have been signed out. Sign in again."))
    return _lead(request, f"{reverse('account_login')}?{onward}".rstrip("?"))


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    """Unless the view said what may be kept; what has a tag may be, by who asks each time whether it still holds."""
    is_tagged = response.has_header("ETag")
    response.headers.setdefault("Cache-Control", "private, no-cache" if is_tagged else "private, no-store")
    return response


def _standing(user: User) -> str:
    """Whom the door knows, until they withdraw their consent."""
    return f"{user.pk} {user.person and user.person.withdrawn_at}"


def _lacks_second_factor(user: User) -> bool:
    return is_staff_member(user) and not get_adapter().is_mfa_enabled(user, SECOND_FACTORS)


def _leads_to_second_factor(path: str) -> bool:
    return path.startswith((reverse("mfa_index"), reverse("account_reauthenticate")))


def _open_without_consent(user: User) -> tuple[str, ...]:
    """A child's account is closed until whoever represents them has agreed too: whoever holds it may have chosen the
    password alone."""
    person = user.person
    if person is None or not signatures_of(person.birth_year, person.birth_day, timezone.localdate()).representative:
        return ACCOUNT, REQUESTS
    needed = [reverse(f"membership:{name}") for name in ("consent", "download", "erase")]
    return *needed, f"{ACCOUNT}rut-dong-y/", REQUESTS


def _lacks_consent(user: User) -> bool:
    return user.person_id is not None and ConsentText.objects.awaited_from(user.person_id) is not None


def _admit_to_admin(user: User) -> None:
    """The one place where a GET writes: a role that began or ended since must count before Wagtail asks its groups."""
    sync_groups(user=user, at=timezone.now())
    if not user.is_superuser and not user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied("no role here")  # Wagtail would send them round and round through the sign-in page.


def _ask_consent(request: HttpRequest) -> HttpResponse:
    """A script that brings what was answered follows no redirect to a page: it keeps that, and says why."""
    if request.content_type == "application/json" and not request.path.startswith(MACHINES):
        told = _("Nothing is stored without your agreement. Agree, then go on: your answers are kept on this device.")
        return JsonResponse({"message": told, "error": told, "sign_in": reverse("membership:consent")}, status=401)
    onward = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return _lead(request, f"{reverse('membership:consent')}?{onward}".rstrip("?"))


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    if request.path.startswith(MACHINES):
        return HttpResponse("Sign in on the site first.", status=403, content_type="text/plain")
    return HttpResponseClientRedirect(address) if "HX-Request" in request.headers else HttpResponseRedirect(address)
