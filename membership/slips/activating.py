"""From a slip to an account: code and birth year, then a password. Consent is asked by the door behind it.

The code comes by hand, or out of the address's fragment, which no browser sends and so no log holds. Between the
screens the session holds which slip was proven, and nothing of what is printed on it.
"""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from interface.refusals import told_in_form, told_on_page
from membership.actions import join_record, may_join, passkeys_of, prove_slip, refuse_slip, use_slip, why_refused
from membership.age import AGREES_FROM_AGE, TOO_YOUNG_FOR_ACCOUNT, is_old_enough
from membership.browsers import number_of
from membership.client import address_of
from membership.forms import SlipForm, SlipPasswordForm
from membership.models import ConsentText, Slip, SlipRefusal, User
from membership.slips.codes import address_hash, browser_hash

# Of misses alone: a hundred people may open their slips in one hall. A code is one of 2 to the power of 53.
_MISSES = {"group": "membership.slips", "key": "ip", "rate": "60/h"}
_Reason = SlipRefusal.Reason
_WHAT_TO_DO = {
    _Reason.USED: _(
        "This slip has opened its account already. Sign in with your person code and password; if you forgot the "
        "password, or it was not you, ask your officer for a new slip."
    ),
    _Reason.ENDED: _(
        "This slip no longer holds. Use the newer one that was printed for you, or ask your officer for one."
    ),
    _Reason.EXPIRED: _("This slip is older than 30 days. Ask your officer for a new one."),
    _Reason.UNCONFIRMED: _(
        "This slip waits until a second officer has confirmed that you asked for it. Try again later, or ask them."
    ),
    _Reason.FOREIGN: _(
        "This slip comes from a unit to which you no longer belong. Ask the officer of your unit today for a new one."
    ),
}
_NOT_PROVEN = _(
    "Code and birth year do not open an account. Look at both again; a slip works once and for 30 days, "
    "and after five misses no more. A new one comes from the officer who gave it to you."
)
_PROVEN, _GOOD_FOR = "proven_slip", 900  # seconds
_steps = require_http_methods(["GET", "HEAD", "POST"])


@_steps
@never_cache
def prove(request: HttpRequest) -> HttpResponse:
    form = SlipForm(request.POST or None)
    if form.is_valid() and (slip := _proven_by(request, form)) is not None:
        born = (form.cleaned_data["birth_year"], slip.person.birth_day)
        if not is_old_enough(*born, timezone.localdate(), AGREES_FROM_AGE):
            return render(request, "membership/slip_too_young.html", {"reason": TOO_YOUNG_FOR_ACCOUNT})
        request.session[_PROVEN] = (slip.pk, timezone.now().timestamp())
        return redirect("membership:slip_password")
    return render(request, "membership/slip.html", {"form": form}, status=422 if form.errors else 200)


@_steps
@never_cache
def choose_password(request: HttpRequest) -> HttpResponse:
    slip = _proven_in(request)
    if slip is None or _is_refused(request, slip):
        return redirect("membership:slip")
    if isinstance(request.user, User) and may_join(request.user, slip.person):
        return _join(request, slip, request.user)
    form = SlipPasswordForm(request.POST or None, person=slip.person)
    if form.is_valid() and (user := _used(request, slip, form)) is not None:
        return _sign_in(request, user)
    context = {"form": form, "slip": slip}
    return render(request, "membership/slip_password.html", context, status=422 if form.errors else 200)


def _proven_by(request: HttpRequest, form: SlipForm) -> Slip | None:
    """The slip, or the form says why not; never which half was wrong. Of an address that is heard no more, the last
    miss is noted, not each that follows."""
    if is_ratelimited(request, **_MISSES, increment=False):
        form.add_error(None, _("Too many tries from here. Wait an hour, or ask your officer."))
        return None
    found = prove_slip(**form.cleaned_data, at=timezone.now())
    if isinstance(found, Slip):
        return found
    form.add_error(None, _WHAT_TO_DO[_Reason(found.reason)] if found.is_proven else _NOT_PROVEN)
    is_ratelimited(request, **_MISSES, increment=True)
    if is_ratelimited(request, **_MISSES, increment=False):
        refuse_slip(slip=found.slip, reason=_Reason.ADDRESS, at=timezone.now())
    return None


def _proven_in(request: HttpRequest) -> Slip | None:
    key, proven_at = request.session.get(_PROVEN, (None, 0))
    if timezone.now().timestamp() - proven_at > _GOOD_FOR:
        return None
    return Slip.objects.filter(pk=key).select_related("person", "office").first()


def _is_refused(request: HttpRequest, slip: Slip) -> bool:
    """Whether it was used, ended or became foreign since it was proven; who only looks is sent back to prove it."""
    reason = why_refused(slip, timezone.now())
    if reason and request.method == "POST":
        refuse_slip(slip=slip, reason=reason, at=timezone.now())
        messages.error(request, _WHAT_TO_DO[reason])
    return reason is not None


def _join(request: HttpRequest, slip: Slip, user: User) -> HttpResponse:
    """Who signed up by themselves brings what they did there into the record that the roster has of them."""
    if request.method == "POST":
        with told_on_page(request):
            join_record(slip=slip, by=user, **_where(request), at=timezone.now())
            messages.success(request, gettext("Your account now belongs to the record of your chapter."))
        request.session.pop(_PROVEN, None)
        return redirect("membership:account")
    return render(request, "membership/slip_join.html", {"slip": slip})


def _used(request: HttpRequest, slip: Slip, form: SlipPasswordForm) -> User | None:
    account = User.objects.filter(person=slip.person).first()
    had_passkeys = account is not None and passkeys_of(account).exists()
    with told_in_form(form):
        user = use_slip(slip=slip, password=form.cleaned_data["password1"], **_where(request), at=timezone.now())
        if had_passkeys and not passkeys_of(user).exists():
            messages.info(request, gettext("Passkeys that you had are gone; you add them anew on your account page."))
        return user
    return None


def _where(request: HttpRequest) -> dict[str, str]:
    return {"browser": browser_hash(number_of(request)), "address": address_hash(address_of(request))}


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """As after typing the password: a second factor, where there is one, is still asked for."""
    request.session.pop(_PROVEN, None)
    login = Login(user=user, redirect_url=_first_page(user))
    response: HttpResponse = perform_password_login(request, {"username": user.username}, login)
    return response


def _first_page(user: User) -> str | None:
    """Who has an agreement to read yet does so, and is welcomed then; the others go where their work is."""
    awaits: Any = ConsentText.objects.awaited_from(user.person_id) if user.person_id else None
    return f"{reverse('membership:consent')}?next={reverse('membership:welcome')}" if awaits else None
