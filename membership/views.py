"""One's own account: consent, what is kept, who opened it, taking it along."""

from typing import Any

from allauth.account.views import SignupView
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from interface.refusals import told_in_form
from membership import middleware
from membership.accounts import first_page_of
from membership.actions import accept_consent, erase_person, withdraw_consent
from membership.admission import private_form, private_page, user_of
from membership.export import export
from membership.forms import ConsentForm, ErasureForm
from membership.models import Consent, ConsentText, FileAccess, Membership, Person

_ACCESSES_SHOWN = 50


@private_page
def account(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    return render(request, "membership/account.html", {"person": person, **(_kept_about(person) if person else {})})


@require_safe
@login_required
def onward(request: HttpRequest) -> HttpResponse:
    """Where one's work begins, for pages that end a detour."""
    return redirect(first_page_of(request.user))


@private_form
def consent(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    text = ConsentText.objects.awaited_from(person.pk) if person else None
    if person is None or text is None:
        return redirect(_next_page(request))
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        accept_consent(person=person, text=text, by=user_of(request), at=timezone.now())
        middleware.forget(request)
        return redirect(_next_page(request))
    return render(request, "membership/consent.html", {"form": form, "text": text, "next": request.GET.get("next", "")})


@private_form
def withdraw(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if person is None:
        return redirect("membership:account")
    if request.method == "POST":
        withdraw_consent(person=person, by=user_of(request), at=timezone.now())
        logout(request)
        return render(request, "membership/withdrawn.html")
    return render(request, "membership/withdraw.html")


@private_form
def erase(request: HttpRequest) -> HttpResponse:
    """One's own wish to be erased: the code is typed, so that nobody does it by a slip."""
    person = _person(request)
    if person is None:
        return redirect("membership:account")
    form = ErasureForm(request.POST or None, person=person)
    if form.is_valid():
        with told_in_form(form):
            erase_person(person=person, by=user_of(request), at=timezone.now())
            logout(request)
            return render(request, "membership/erased.html")
    return render(request, "membership/erase.html", {"form": form}, status=422 if form.errors else 200)


@private_page
def download(request: HttpRequest) -> HttpResponse:
    """All that is kept about the person, as a file."""
    person = _person(request)
    if person is None:
        return redirect("membership:account")
    response = JsonResponse(export(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="cong-dan-hoc-tap-{person.code}.json"'
    return response


def _kept_about(person: Person) -> dict[str, Any]:
    return {
        "groups": person.target_groups.order_by("-valid_from"),
        "memberships": Membership.objects.for_account(person),
        "consents": Consent.objects.for_account(person),
        "accesses": FileAccess.objects.for_account(person)[:_ACCESSES_SHOWN],
    }


def _next_page(request: HttpRequest) -> str:
    onward = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return onward if is_ours else first_page_of(request.user)


def _person(request: HttpRequest) -> Person | None:
    return user_of(request).person


class SignUpView(SignupView):
    """At most two questions a screen. What earlier screens brought travels in the form itself, hidden: nothing of it is
    kept before all of it is sent. The password, asked for last, is never sent back.
    """

    screens = (("full_name", "birth_year"), ("commune", "is_old_enough"), ("email", "password1"))
    at = 0

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        last = len(self.screens) - 1
        sent = request.POST.get("screen", "")
        at = int(sent) if sent in map(str, range(last)) else last
        form = self.get_form()
        if "back" in request.POST:
            return self._show(form, max(at - 1, 0), is_fresh=True)
        if at < last and self._is_wrong(form, at):
            return self._show(form, at)
        if at < last:
            return self._show(form, at + 1, is_fresh=True)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """At the first screen with something to correct."""
        wrong = [at for at in range(len(self.screens)) if self._is_wrong(form, at)]
        return self._show(form, next(iter(wrong), len(self.screens) - 1))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form, shown = context["form"], self.screens[self.at]
        carried = [name for name in form.fields if name in self.request.POST and name not in (*shown, "password1")]
        return context | {
            "shown": [form[name] for name in shown],
            "carried": [form[name].as_hidden() for name in carried],
            "at": self.at,
            "number": self.at + 1,
            "total": len(self.screens),
        }

    def _is_wrong(self, form: Any, at: int) -> bool:
        return any(name in form.errors for name in self.screens[at])

    def _show(self, form: Any, at: int, *, is_fresh: bool = False) -> HttpResponse:
        """Without the errors of other screens: they are told there."""
        self.at = at
        others = {name for name in form.fields if name not in self.screens[at]}
        for name in [name for name in form.errors if is_fresh or name in others]:
            del form.errors[name]
        return self.render_to_response(self.get_context_data(form=form))
