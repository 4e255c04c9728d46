"""How the site reaches people, and whether that works: a step of setting up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from membership.admission import OfficePage, user_of
from membership.contacts import normal_form
from membership.models import ContactKind
from membership.policy import Action
from membership.registries.channel_tests import to_oneself
from work.actions import PutLetter, try_message
from work.carriers import carriers
from work.models import Channel, Letter


@dataclass(frozen=True)
class Row:
    """A channel that somebody has set up: when it last worked, and how much waits for it."""

    name: str
    state: Channel | None
    waiting: int

    @property
    def is_mail(self) -> bool:
        return self.name == Channel.MAIL

    @property
    def goes_to_oneself(self) -> bool:
        """Or a test goes to a number that is typed."""
        return self.name in to_oneself


class ChannelsView(OfficePage, TemplateView):
    needs = Action.SET_UP
    page_title = gettext_lazy("Channels")
    header_icon = "mail"
    parents = [("beginning:guide", gettext_lazy("Setting up"))]
    template_name = "membership/office/channels.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = Channel.objects.in_bulk()
        rows = [
            Row(name, states.get(name), Letter.objects.by_channel(name).count())
            for name, carrier in carriers.items()
            if carrier.is_on
        ]
        told = {"rows": rows[::-1], "address": user_of(self.request).email}  # e-mail first
        return super().get_context_data(**kwargs) | told

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A letter to oneself, or a message to the number that is typed."""
        name = request.POST.get("channel", Channel.MAIL)
        try:
            tests = _tests(name, request)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("beginning:channels")
        for put in tests:
            channel = try_message(put=put, at=timezone.now())
            if channel.problem:
                messages.error(request, channel.problem)
            else:
                messages.success(request, _taken(name) % {"address": put.address})
        return redirect("beginning:channels")


def _tests(name: str, request: HttpRequest) -> Sequence[PutLetter]:
    if name == Channel.MAIL:
        return [_test_mail(user_of(request).email)]
    if name not in carriers or not carriers[name].is_on:
        raise ValidationError(_("This channel is not set up."))
    if name in to_oneself:
        return to_oneself[name](user_of(request))
    return [_test_text(name, request.POST)]


def _taken(name: str) -> str:
    if name == Channel.MAIL:
        return _("The mail server took the letter to %(address)s. Look whether it arrived, also among spam.")
    if name in to_oneself:
        return _("The push service took the message. Look whether it appears on your device.")
    return _("The gateway took the message to %(address)s. Look whether it arrived.")


def _test_mail(address: str) -> PutLetter:
    if not address:
        raise ValidationError(_("Your account has no e-mail address: add one on your account's page."))
    text = render_to_string("membership/mail/test.txt")
    return PutLetter(EmailMessage(_("Test of e-mail"), text), address)


def _test_text(name: str, typed: Mapping[str, str]) -> PutLetter:
    text = {"text": _("A test: messages of the site arrive.")}
    return PutLetter(text, normal_form(ContactKind.PHONE, typed.get("phone", "")), channel=name)
