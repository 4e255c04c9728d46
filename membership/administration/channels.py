"""How the site reaches people, and whether that works: a step of setting up."""

from typing import Any

from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from membership.admission import OfficePage, user_of
from membership.policy import Action
from work.actions import PutLetter, try_message
from work.models import Channel, Letter


class ChannelsView(OfficePage, TemplateView):
    needs = Action.SET_UP
    page_title = gettext_lazy("Channels")
    header_icon = "mail"
    parents = [("beginning:guide", gettext_lazy("Setting up"))]
    template_name = "membership/office/channels.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "mail": Channel.objects.filter(name=Channel.MAIL).first(),
            "address": user_of(self.request).email,
            "waiting": Letter.objects.count(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = user_of(request).email
        if not address:
            messages.error(request, _("Your account has no e-mail address: add one on your account's page."))
            return redirect("beginning:channels")
        text = render_to_string("membership/mail/test.txt")
        put = PutLetter(EmailMessage(_("Test of e-mail"), text), address)
        channel = try_message(put=put, at=timezone.now())
        if channel.problem:
            messages.error(request, channel.problem)
        else:
            told = _("The mail server took the letter to %(address)s. Look whether it arrived, also among spam.")
            messages.success(request, told % {"address": address})
        return redirect("beginning:channels")
