"""A forgotten password is renewed with a code by SMS, where the site has that channel. What is answered says nothing of
whether there is such an account. Between the screens the session holds the number that was typed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from interface.refusals import told_in_form
from membership.actions import CODE_GOOD_FOR, renew_password, send_phone_code
from membership.phone_codes.forms import AskForm, RenewForm
from work.carriers import carriers

# From one address, where a whole hall may sit; what one account is sent and tries is counted by the action.
_ASKED = {"group": "membership.phone_codes.ask", "key": "ip", "rate": "60/h", "increment": True}
_MISSED = {"group": "membership.phone_codes.renew", "key": "ip", "rate": "60/h"}
_ASKING = "asking_phone"
_steps = require_http_methods(["GET", "HEAD", "POST"])


def is_open() -> bool:
    return carriers["sms"].is_on


@_steps
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    if not is_open():
        raise Http404
    form = AskForm(request.POST or None)
    if form.is_valid():
        if is_ratelimited(request, **_ASKED):
            form.add_error(None, _("Too many tries from here. Wait an hour, or ask your officer."))
        else:
            send_phone_code(phone=form.cleaned_data["phone"], at=timezone.now())
            request.session[_ASKING] = (form.cleaned_data["phone"], timezone.now().timestamp())
            return redirect("membership:renew_by_phone")
    return render(request, "membership/phone_code_ask.html", {"form": form}, status=422 if form.errors else 200)


@_steps
@never_cache
def renew(request: HttpRequest) -> HttpResponse:
    phone, asked_at = request.session.get(_ASKING, ("", 0))
    if not is_open() or timezone.now().timestamp() - asked_at > CODE_GOOD_FOR.total_seconds():
        return redirect("membership:ask_by_phone")
    form = RenewForm(request.POST or None)
    if form.is_valid() and _is_renewed(request, phone, form):
        request.session.pop(_ASKING)
        messages.success(request, _("Your new password is set. Sign in with it."))
        return redirect("account_login")
    context = {"form": form, "phone": phone}
    return render(request, "membership/phone_code_renew.html", context, status=422 if form.errors else 200)


def _is_renewed(request: HttpRequest, phone: str, form: RenewForm) -> bool:
    if is_ratelimited(request, **_MISSED, increment=False):
        form.add_error(None, _("Too many tries from here. Wait an hour, or ask your officer."))
        return False
    with told_in_form(form):
        if renew_password(phone=phone, **form.renewal(), at=timezone.now()):
            return True
        is_ratelimited(request, **_MISSED, increment=True)
        form.add_error(
            "code",
            _("This code opens nothing. It works once, for ten minutes, after five misses no more: ask for another."),
        )
    return False
