"""What the queue offers whoever recognises: to put dossiers on a list for recognition, one of each unit and year."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.dossiers.models import Dossier
from evaluation.dossiers.readiness import is_ready
from evaluation.recognition.actions import draft_decision
from evaluation.recognition.models import Decision
from evaluation.recognition.querysets import ready_dossiers
from evaluation.recognition.readiness import problems
from interface.tables import Outcome, RowAction
from membership.admission import user_of
from membership.models import Unit, User
from membership.policy import Action, may

Lists = dict[tuple[Unit, int], list[Dossier]]


def by_list(dossiers: Iterable[Dossier]) -> Lists:
    """By deciding unit and year; those that stand on a list already, by that one's."""
    groups: Lists = {}
    for dossier in dossiers:
        line = getattr(dossier, "decision_line", None)
        unit = line.decision.unit if line else dossier.current_unit
        if unit:
            groups.setdefault((unit, dossier.year), []).append(dossier)
    return groups


def drafted(lists: Lists, by: User) -> list[Decision]:
    return [
        draft_decision(unit=unit, year=year, dossiers=group, by=by, at=timezone.now())
        for (unit, year), group in lists.items()
    ]


def address_of(drafts: Sequence[Decision]) -> str:
    """The list that was drafted; of several, the page on which all stand."""
    return drafts[0].get_absolute_url() if len(drafts) == 1 else reverse("recognition:decisions")


def _put_all(rows: Sequence[Any], _values: dict[str, Any], request: HttpRequest) -> Outcome:
    """Nobody keeps the others waiting: against whom something stands that the queue cannot tell is named, and left."""
    user = user_of(request)
    lists = by_list(ready_dossiers(user).filter(pk__in=[row.pk for row in rows]))
    for (unit, year), group in list(lists.items()):
        against = problems(group, unit=unit, year=year, by=user)
        for dossier in group:
            if dossier.pk in against:
                messages.warning(request, f"{dossier.person.full_name}: {against[dossier.pk]}")
        lists[unit, year] = [dossier for dossier in group if dossier.pk not in against]
    drafts = drafted({where: group for where, group in lists.items() if group}, user)
    done = sum(len(group) for group in lists.values())
    return Outcome(done, leads_to=address_of(drafts) if drafts else "")


put_on_decision = RowAction(
    name="draft",
    label=_("Put the chosen ones on a decision"),
    icon="stamp",
    address="recognition:draft",
    row_name="dossier",
    may_use=lambda user: may(user, Action.RECOGNISE),
    may_choose=is_ready,
)
put_all_on_decision = RowAction(
    name="all",
    label=_("Put all who are ready on a decision"),
    icon="list-checks",
    run=_put_all,
    takes_all=True,
    row_name="dossier",
    may_use=lambda user: may(user, Action.RECOGNISE),
    may_choose=is_ready,
)
