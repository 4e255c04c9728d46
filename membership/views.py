"""One's own account: consent, what is kept, who opened it, taking it along."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from interface.refusals import told_in_form
from membership import middleware, sign_on
from membership.accounts import first_page_of
from membership.actions import (
    accept_consent,
    ask_for_chapter,
    chapters_for,
    erase_person,
    passkeys_of,
    undo_refused,
    withdraw_consent,
)
from membership.admission import private_form, private_page, user_of
from membership.age import signatures_of
from membership.agreements.agreed import agreed_by
from membership.client import takes_passkeys
from membership.export import export_response
from membership.forms import ChapterForm, ConsentForm, ErasureForm
from membership.models import Consent, ConsentText, FileAccess, Membership, Person
from membership.registries.purposes import purposes

_ACCESSES_SHOWN = 50


@private_page
def account(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    passkeys = passkeys_of(user_of(request))
    kept = _kept_about(person) if person else {}
    signing_in = {"passkeys": passkeys.order_by("pk"), "sign_on": sign_on.of(user_of(request))}
    return render(request, "membership/account.html", {"person": person, **signing_in, **kept})


@require_safe
@login_required
def onward(request: HttpRequest) -> HttpResponse:
    """Where one's work begins, for pages that end a detour."""
    return redirect(first_page_of(request.user))


@private_form
def consent(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    texts = ConsentText.objects.open_to(person.pk) if person else None
    if person is None or not texts:
        return redirect(_next_page(request))
    is_child = signatures_of(person.birth_year, person.birth_day, timezone.localdate()).representative
    form = ConsentForm(request.POST or None, texts=texts, is_child=is_child)
    if form.is_valid():
        is_new = Membership.objects.has_just_signed_up(person)
        _accept(request, person, form)
        return redirect(_welcome(request) if is_new else _next_page(request))
    asked = [text.purpose for text in texts]
    has_agreed = person.consents.filter(withdrawn_at=None, text__purpose__in=asked).exists()
    context = {"form": form, "has_agreed": has_agreed, "next": request.GET.get("next", "")}
    return render(request, "membership/consent.html", context)


@private_page
def welcome(request: HttpRequest) -> HttpResponse:
    """Signing up is done: what for, and where one goes from here."""
    person = _person(request)
    context = {
        "person": person,
        "next": _next_page(request),
        "offers_passkey": takes_passkeys(request) and not passkeys_of(user_of(request)).exists(),
        "awaits_officer": Membership.objects.waiting_of(user_of(request)).exists(),
    }
    return render(request, "membership/welcome.html", context)


@private_form
def chapter(request: HttpRequest) -> HttpResponse:
    """Who signed up by themselves says to which chapter they belong."""
    waiting = Membership.objects.waiting_of(user_of(request)).first()
    if waiting is None:
        raise Http404
    form = ChapterForm(request.POST or None, chapters=chapters_for(waiting))
    if form.is_valid():
        with told_in_form(form):
            asked = ask_for_chapter(chapter=form.cleaned_data["chapter"], by=user_of(request), at=timezone.now())
            messages.success(request, _("You wait for the officer of %(unit)s.") % {"unit": asked.unit.name})
            return redirect("membership:account")
    context = {"form": form, "waiting": waiting}
    return render(request, "membership/chapter.html", context, status=422 if form.errors else 200)


@private_form
def withdraw(request: HttpRequest, purpose: str) -> HttpResponse:
    """What the site needs ends here; of any other purpose it is told on the account page that it is done."""
    person, about = _person(request), purposes.get(purpose)
    if about is None:
        raise Http404
    if person is None:
        return redirect("membership:account")
    if request.method != "POST":
        return render(request, "membership/withdraw.html", {"purpose": about})
    withdraw_consent(person=person, purpose=about, by=user_of(request), at=timezone.now())
    if about.is_needed:
        logout(request)
        return render(request, "membership/withdrawn.html", {"purpose": about})
    messages.success(request, f"{about.stops} {about.stays}")
    return redirect("membership:account")


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
def download(request: HttpRequest) -> HttpResponseBase:
    """All that is kept about the person, as a file."""
    person = _person(request)
    return redirect("membership:account") if person is None else export_response(person)


def _kept_about(person: Person) -> dict[str, Any]:
    return {
        "groups": person.target_groups.order_by("-valid_from"),
        "contacts": person.contacts.all(),
        "memberships": Membership.objects.for_account(person),
        "purposes": agreed_by(person),
        "consents": Consent.objects.for_account(person),
        "accesses": FileAccess.objects.for_account(person)[:_ACCESSES_SHOWN],
    }


def _accept(request: HttpRequest, person: Person, form: ConsentForm) -> None:
    said = {"by": user_of(request), "at": timezone.now(), "representative": form.cleaned_data.get("representative", "")}
    for text in form.accepted:
        accept_consent(person=person, text=text, **said)
    undo_refused(person)
    middleware.forget(request)


def _welcome(request: HttpRequest) -> str:
    return f"{reverse('membership:welcome')}?{urlencode({'next': _next_page(request)})}"


def _next_page(request: HttpRequest) -> str:
    onward = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return onward if is_ours else first_page_of(request.user)


def _person(request: HttpRequest) -> Person | None:
    return user_of(request).person
