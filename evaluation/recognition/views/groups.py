"""Families, clans, communities and units that learn: how many of their members hold the title."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.recognition import actions
from evaluation.recognition.forms import GroupingForm, MembersForm, RuleForm
from evaluation.recognition.groupings import kind_sums, standing_of
from evaluation.recognition.models import Grouping, GroupingMember, GroupingRule
from evaluation.recognition.views.trails import trail_to_group, trail_to_groups
from interface.refusals import told_in_form
from interface.tables import Column, Empty, Table, mark
from membership.admission import admit, highest_unit, private_post, user_of
from membership.models import Unit
from membership.policy import Action, may, reach

FIRST_YEAR = 2025


class MemberTable(Table):
    caption = gettext_lazy("Members")
    filename = "thanh-vien"
    names_people = True
    per_page = 100
    empty = Empty(gettext_lazy("Nobody is listed yet."), illustration="notebook")

    def __init__(self, request: HttpRequest, rows: Any, *, is_open: bool) -> None:
        super().__init__(request, rows)
        change = Column(
            name="change", label=_("Change"), template="recognition/includes/end_member.html", is_exported=False
        )
        self.columns = [
            Column(name="name", label=_("Full name"), read="person.full_name", order=["person__sort_key"],
                   is_heading=True),
            Column(name="code", label=_("Code"), read="person.code", order=["person__code"]),
            Column(name="title", label=_("Title of the person"), read=_title, show=_mark),
            *([change] if is_open else []),
        ]  # fmt: skip


def _title(member: Any) -> str:
    return _("Learning Citizen") if member.has_title else _("not yet")


def _mark(member: Any) -> str:
    return mark(_title(member), "ok") if member.has_title else _title(member)


@require_safe
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """To the highest unit whose figures the user may see."""
    return redirect("recognition:groupings", unit_code=highest_unit(request, Action.VIEW_FIGURES).code)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def groupings(request: HttpRequest, unit_code: str) -> HttpResponse:
    """The groups at and beneath a unit; adding one."""
    user, year = user_of(request), _year(request)
    unit = _unit(request, unit_code)
    form = GroupingForm(request.POST or None) if may(user, Action.MANAGE_PEOPLE, unit) else None
    if form and form.is_valid():
        with told_in_form(form):
            return redirect(actions.open_grouping(**form.cleaned_data, place=unit, by=user, **_today()))
    context = {
        "unit": unit,
        "year": year,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "kinds": kind_sums(unit, year, _cut_off(year)),
        "form": form,
        "sets_rules": may(user, Action.MANAGE_CRITERIA),
        "shows_members": may(user, Action.VIEW_PEOPLE, unit),
        "trail": trail_to_groups(unit),
    }
    return render(request, "recognition/groupings.html", context, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def grouping(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One group with its members, for those who may see people there; adding some by their codes."""
    user, year = user_of(request), _year(request)
    found = _grouping(request, pk)
    is_open = may(user, Action.MANAGE_PEOPLE, found.place) and not found.takes_whole_place and not found.valid_to
    form = MembersForm(request.POST or None) if is_open else None
    if form and form.is_valid():
        codes = form.cleaned_data["codes"]
        with told_in_form(form):
            added = actions.add_members(grouping=found, codes=codes, by=user, **_today())
            text = ngettext("%(number)s person has been added.", "%(number)s people have been added.", added)
            messages.success(request, text % {"number": added})
            return redirect(found)
    members = GroupingMember.objects.for_page(found, year, _cut_off(year))
    table = MemberTable(request, members, is_open=form is not None)
    if request.method != "POST" and (instead := table.instead()) is not None:
        return instead
    context = {
        "grouping": found,
        "standing": standing_of(found, year, _cut_off(year)),
        "year": year,
        "table": table,
        "form": form,
        "trail": trail_to_group(found),
    }
    return render(request, "recognition/grouping.html", context, status=422 if form and form.errors else 200)


@private_post
def end_member(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    found = _grouping(request, pk)
    member = get_object_or_404(found.members.select_related("grouping"), pk=member_pk)
    now = timezone.now()
    actions.end_member(member=member, valid_to=timezone.localdate(now), by=user_of(request), at=now)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rule(request: HttpRequest, kind: str) -> HttpResponse:
    """What a kind of group must reach, from today on."""
    user = admit(request, Action.MANAGE_CRITERIA)
    if kind not in Grouping.Kind.values:
        raise Http404
    standing = GroupingRule.objects.on(timezone.localdate()).get(kind)
    initial = {"percent": f"{standing.percent.normalize():f}", "source": standing.source} if standing else {}
    form = RuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        with told_in_form(form):
            actions.set_rule(kind=kind, **form.cleaned_data, by=user, **_today())
            messages.success(request, _("The rule holds from today on."))
            return redirect("recognition:own_groupings")
    context = {"form": form, "kind": Grouping.Kind(kind), "trail": [*trail_to_groups(None), (_("Set the rule"), "")]}
    return render(request, "recognition/grouping_rule.html", context, status=422 if form.errors else 200)


def _today() -> dict[str, Any]:
    now = timezone.now()
    return {"valid_from": timezone.localdate(now), "at": now}


def _cut_off(year: int) -> datetime.date:
    """The last day of the year, or today while it runs."""
    return min(datetime.date(year, 12, 31), timezone.localdate())


def _year(request: HttpRequest) -> int:
    this = timezone.localdate().year
    typed = request.GET.get("nam", "")
    return int(typed) if typed.isdecimal() and FIRST_YEAR <= int(typed[:5]) <= this else this


def _unit(request: HttpRequest, code: str) -> Unit:
    unit = Unit.objects.with_code(code, timezone.localdate()).first()
    if unit is None or not may(request.user, Action.VIEW_FIGURES, unit):
        raise Http404
    return unit


def _grouping(request: HttpRequest, pk: int) -> Grouping:
    found = Grouping.objects.visible_to(request.user).filter(reach(request.user, Action.VIEW_PEOPLE, "place__"))
    return get_object_or_404(found.select_related("place"), pk=pk)
