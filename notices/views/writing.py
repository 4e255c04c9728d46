"""An officer writes to a group: first the words, then to whom that would be, then the letter. And what was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_ratelimit.decorators import ratelimit

from interface.refusals import told_in_form
from interface.tables import Column, Empty, Table, TableView
from interface.tables.choosing import keys_of
from membership.admission import AdmittedMixin, admit, private_form, private_page, user_of
from membership.models import Person, Unit, User
from membership.policy import Action, may, reach
from membership.registries.groups import taught_in, written_to
from notices.actions.writing import demand_measure, write_to
from notices.audience import WRITE, chosen_rows, reach_of
from notices.forms import CircularForm
from notices.models import Circular, Delivery
from notices.notices import LETTER
from notices.receipts import receipts_of

_NAMES_SHOWN = 30


class CircularTable(Table):
    caption = gettext_lazy("Letters that your units wrote")
    filename = "thu-da-gui"
    row_address = "notices:circular"
    empty = Empty(
        gettext_lazy("No letters yet"),
        gettext_lazy("Write to a group from the list where you see it, or from here."),
        label=gettext_lazy("Write a letter"),
        address="notices:write",
    )
    columns = [
        Column(name="subject", label=gettext_lazy("Subject"), is_heading=True),
        Column(name="group", label=gettext_lazy("Who gets it"), read="group_name", note="unit.name"),
        Column(name="count", label=gettext_lazy("People"), is_number=True, order=["count"]),
        Column(name="read", label=gettext_lazy("Have read it"), is_number=True, order=["read"]),
        Column(name="sent_at", label=gettext_lazy("Sent"), order=["sent_at"]),
    ]


class CircularsView(AdmittedMixin, TableView):
    needs = Action.ORGANISE
    table_class = CircularTable
    template_name = "notices/circulars.html"
    page_title = gettext_lazy("Letters to groups")
    lede = gettext_lazy("What your units wrote to their people. How many have read it is counted, never who.")

    def get_rows(self) -> Any:
        return Circular.objects.for_list(self.user)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(_("Letters to groups"), "")]


@private_page
def circular(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Circular.objects.for_list(admit(request, Action.ORGANISE)), pk=pk)
    context = {"letter": letter, "states": list(Delivery.State), "receipts": receipts_of(letter)}
    return render(request, "notices/circular.html", context)


@ratelimit(group="notices.write", key="user", rate="60/h", method="POST", block=True)
@private_form
def write(request: HttpRequest) -> HttpResponse:
    user = _admitted(request)
    is_sent = request.method == "POST" and "subject" in request.POST
    form = CircularForm(request.POST, user=user) if is_sent else CircularForm(user=user, initial=_asked(request, user))
    context: dict[str, Any] = {"form": form, "has_office": may(user, Action.ORGANISE)}
    if is_sent and form.is_valid():
        with told_in_form(form):
            if request.POST.get("do") == "send":
                circular = write_to(**form.values(), by=user, at=timezone.now())
                text = ngettext("It goes to %(count)d person.", "It goes to %(count)d people.", circular.count)
                messages.success(request, text % {"count": circular.count})
                return redirect("notices:circulars" if may(user, Action.ORGANISE) else "notices:inbox")
            context |= _preview(form, user)
    return render(request, "notices/write.html", context, status=422 if form.errors else 200)


def _admitted(request: HttpRequest) -> User:
    """Who has an office, or teaches the group that is asked for; 404 for all others."""
    user = user_of(request)
    asked = request.POST.get("group", "") if request.method == "POST" else request.GET.get("nhom", "")
    return user if taught_in(user, asked) else admit(request, Action.ORGANISE)


def _preview(form: CircularForm, user: User) -> dict[str, Any]:
    """To whom it would be; nothing is sent by looking."""
    said = form.values()
    people = written_to(said["group"].group, said["unit"], timezone.localdate(), by=user)
    demand_measure(people.count(), said["unit"], timezone.now(), user)
    names = list(people.values_list("full_name", flat=True)[: _NAMES_SHOWN + 1])
    shown = {"names": names[:_NAMES_SHOWN], "has_more": len(names) > _NAMES_SHOWN}
    return {"said": said, "reach": reach_of(people, LETTER), **shown}


def _asked(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the page that led here had in mind; what the user may not choose is passed over by the form."""
    if request.method == "POST":
        keys = [int(key) for key in keys_of(request, WRITE.row_name) if key.isdecimal()]
        within = Person.objects.listed().within(reach(user, Action.ORGANISE, "unit__"), timezone.localdate())
        return {"group": chosen_rows(user, list(within.filter(pk__in=keys).values_list("pk", flat=True)))}
    group = request.GET.get("nhom", "")
    named = Unit.objects.on(timezone.localdate()).filter(
        reach(user, Action.ORGANISE), code=request.GET.get("don-vi", "")
    )
    unit = named.first() or taught_in(user, group)
    return {"group": group} | ({"unit": unit.pk} if unit else {})
