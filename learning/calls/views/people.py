"""People chosen in a list of their own come onto a call."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interface.refusals import told_in_form
from interface.tables.choosing import keys_of
from learning.calls import actions
from learning.calls.forms import OntoForm
from learning.calls.views.finding import trail
from membership.admission import admit, private_post
from membership.models import Person, User
from membership.policy import Action, reach
from membership.querysets import PersonQuerySet

CHOSEN = "person"  # what a list calls the keys of its people


@private_post
def onto(request: HttpRequest) -> HttpResponse:
    """First asks onto which call, or leads to a new one. Who belongs to no unit where the user calls people is passed
    over."""
    user = admit(request, Action.ORGANISE)
    people = chosen_people(request, user)
    form = OntoForm(request.POST if "call" in request.POST else None, user=user)
    if form.is_valid():
        with told_in_form(form):
            call = form.cleaned_data["call"]
            added = actions.add_people(call=call, people=people, by=user, at=timezone.now())
            say_added(request, added)
            return redirect("calls:call", call.pk)
    context = {"form": form, "people": people, "breadcrumbs": trail((_("Call these people"), ""))}
    context["has_calls"] = OntoForm.lasting(user).exists()
    return render(request, "calls/onto.html", context, status=422 if form.is_bound else 200)


def chosen_people(request: HttpRequest, user: User) -> PersonQuerySet:
    """Of those whose keys are sent who belongs to a unit where the user calls people, by name."""
    keys = [key for key in keys_of(request, CHOSEN) if key.isdecimal()]
    within = Person.objects.listed().within(reach(user, Action.ORGANISE, "unit__"), timezone.localdate())
    return within.filter(pk__in=keys).order_by("sort_key", "pk")


def say_added(request: HttpRequest, count: int) -> None:
    text = ngettext("%(count)s person more is on this call.", "%(count)s people more are on this call.", count)
    none = _("Nobody was added: they are on it already, or belong to another unit.")
    messages.success(request, text % {"count": count} if count else none)
