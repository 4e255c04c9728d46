"""The list of calls, and of the people who are called."""

import datetime
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import ChoiceFilter, FilterSet

from interface.tables import Column, Empty, RowAction, Table, each, mark
from learning.calls import actions
from learning.calls.forms import ExtensionForm
from membership.admission import user_of
from membership.policy import Action, may

_DONE, _OPEN, _LATE = "xong", "chua", "qua-han"
_STATES = (
    (_DONE, gettext_lazy("Done")),
    (_OPEN, gettext_lazy("Not done yet")),
    (_LATE, gettext_lazy("Past the last day")),
)


# What an officer does with people chosen in a list of them.
ONTO = RowAction(
    name="call",
    label=gettext_lazy("Call the chosen people"),
    icon="send",
    address="calls:onto",
    row_name="person",
    may_use=lambda user: may(user, Action.ORGANISE),
)


class CallTable(Table):
    caption = gettext_lazy("Calls to learn")
    filename = "loi-goi-hoc"
    row_address = "calls:call"
    empty = Empty(
        gettext_lazy("No calls yet"),
        gettext_lazy("Call a group to a course or a quiz: each of them sees it, with its last day."),
        illustration="loudspeaker",
        label=gettext_lazy("New call"),
        address="calls:new",
    )
    columns = [
        Column(name="title", label=gettext_lazy("To what"), is_heading=True, order=["title"]),
        Column(name="group", label=gettext_lazy("Whom"), read="group_name", note="unit.name"),
        Column(name="size", label=gettext_lazy("People"), is_number=True, order=["size"]),
        Column(name="last_day", label=gettext_lazy("Last day"), order=["last_day"]),
        Column(name="state", label=gettext_lazy("How it stands"),
               read=lambda row: row.state_on(timezone.localdate()).label),
    ]  # fmt: skip


class CalledFilters(FilterSet):
    tinh_trang = ChoiceFilter(
        label=gettext_lazy("How they stand"), choices=_STATES, empty_label=gettext_lazy("All"), method="of"
    )

    def of(self, called: Any, _name: str, state: str) -> Any:
        today = timezone.localdate()
        if state == _DONE:
            return called.filter(done_on__isnull=False)
        return called.filter(done_on=None, **({"due_on__lt": today} if state == _LATE else {"due_on__gte": today}))


def _is_late(row: Any) -> bool:
    day: datetime.date = row.due_on
    return row.done_on is None and day < timezone.localdate()


def _state(row: Any) -> str:
    if row.done_on:
        return _("Done")
    return _("Past the last day") if _is_late(row) else _("Not done yet")


def _marked(row: Any) -> Any:
    return mark(_state(row), "ok" if row.done_on else "warning" if _is_late(row) else "")


def _extend(called: Any, said: dict[str, Any], request: Any) -> None:
    actions.extend(called=called, until=said["until"], why=said["why"], by=user_of(request), at=timezone.now())


def _leave_out(called: Any, _said: dict[str, Any], request: Any) -> None:
    actions.leave_out(called=called, by=user_of(request), at=timezone.now())


class CalledTable(Table):
    caption = gettext_lazy("Who is called")
    filename = "nguoi-duoc-goi"
    names_people = True
    filters_class = CalledFilters
    per_page = 50
    empty = Empty(gettext_lazy("Nobody here"), illustration="notebook")
    actions = [
        RowAction(name="extend", label=gettext_lazy("Give them longer"), icon="calendar-clock", run=each(_extend),
                  form_class=ExtensionForm),
    ]  # fmt: skip
    columns = [
        Column(name="name", label=gettext_lazy("Full name"), read="person.full_name", order=["person__sort_key"],
               is_heading=True),
        Column(name="code", label=gettext_lazy("Code"), read="person.code", order=["person__code"]),
        Column(name="unit", label=gettext_lazy("Unit"), read="home", order=["home"]),
        Column(name="due", label=gettext_lazy("Last day"), read="due_on", order=["due_on"], note="why_longer"),
        Column(name="state", label=gettext_lazy("How they stand"), read=_state, show=_marked),
        Column(name="done", label=gettext_lazy("Done on"), read="done_on", order=["done_on"]),
    ]  # fmt: skip

    @property
    def counted(self) -> str:
        return ngettext("%(count)s person", "%(count)s people", self.count) % {"count": self.count}

    def name_of(self, row: Any) -> str:
        return str(row.person)


class ClassTable(CallTable):
    caption = gettext_lazy("Classes that I teach")
    filename = "lop-toi-day"
    row_address = "calls:class"
    empty = Empty(
        gettext_lazy("No class yet"),
        gettext_lazy("An office that calls people to a course can give you the class. You are told of it then."),
        illustration="notebook",
    )


class CohortTable(CalledTable):
    """For who teaches the class."""

    caption = gettext_lazy("How the people of the class come along")
    filename = "tien-do-lop"
    _same = {column.name: column for column in CalledTable.columns}
    columns = [
        replace(_same["name"], note="home"),
        replace(_same["code"], is_shown=False),
        replace(_same["unit"], is_shown=False),
        _same["due"],
        _same["state"],
        Column(name="steps", label=gettext_lazy("Steps done"), read="steps_done", order=["steps_done"], is_number=True,
               show=lambda row: f"{row.steps_done} / {row.steps_needed}"),
        Column(name="where", label=gettext_lazy("Was last at")),
        Column(name="last", label=gettext_lazy("Last here"), read="last_on", order=["last_on"],
               show=lambda row: row.last_on or _("has not begun")),
        Column(name="attempts", label=gettext_lazy("Attempts at quizzes"), order=["attempts"], is_number=True),
        Column(name="best", label=gettext_lazy("Best result"), order=["best"], is_number=True,
               read=lambda row: None if row.best is None else round(row.best),
               show=lambda row: None if row.best is None else f"{round(row.best)} %"),
    ]  # fmt: skip


class DraftTable(CalledTable):
    """Nobody has been told: who should not be called is taken off."""

    actions = [
        RowAction(name="leave_out", label=gettext_lazy("Do not call them"), icon="x", run=each(_leave_out)),
    ]  # fmt: skip
