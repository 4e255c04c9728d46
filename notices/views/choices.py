"""By which way one wishes to be told of what, and when of nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from membership.admission import person_of, private_form
from notices.actions import choose
from notices.devices import named_by
from notices.forms import ChoicesForm
from notices.models import Device, Refusal


@private_form
def choices(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ChoicesForm(request.POST or None, person=person)
    if form.is_valid():
        choose(person=person, **form.chosen())
        messages.success(request, _("Saved."))
        return redirect("notices:choices")
    has_mail = bool(getattr(request.user, "email", ""))
    refusals = Refusal.objects.standing().filter(person=person)
    devices = Device.objects.of([person.pk])
    told = {"devices": devices, "own": named_by(request).first(), "push_key": Device.site_key()}
    context = {"form": form, "has_mail": has_mail, "refusals": refusals, **told}
    return render(request, "notices/choices.html", context, status=422 if form.errors else 200)
