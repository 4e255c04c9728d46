"""Why a dossier cannot stand on a list for recognition, in words that say what to do; nothing means it can."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.dossiers.actions import verdict_of
from evaluation.dossiers.chosen import is_ready
from evaluation.dossiers.models import Dossier, Review, ScoreChange
from interface.tables import RowAction
from membership.models import Unit, User
from membership.policy import Action, may


def with_scores(dossiers: Iterable[int]) -> list[Dossier]:
    """The dossiers with all that is asked here and of the decision, in a bounded number of queries."""
    return list(
        Dossier.objects.filter(pk__in=list(dossiers))
        .select_related("person", "unit", "current_step", "current_unit", "criteria_set")
        .prefetch_related("scores__indicator")
        .order_by("person__sort_key", "person_id")
    )


def judged_elsewhere(dossiers: Iterable[Dossier], by: User) -> set[int]:
    """Those of the dossiers on which the user acted in another body: nobody decides twice on the same one."""
    step_of = {dossier.pk: dossier.current_step_id for dossier in dossiers}
    acts = [
        *Review.objects.filter(dossier__in=step_of, by=by).values_list("dossier_id", "step_id"),
        *ScoreChange.objects.filter(score__dossier__in=step_of, by=by).values_list("score__dossier_id", "step_id"),
    ]
    return {dossier for dossier, step in acts if step != step_of[dossier]}


def problems(dossiers: Iterable[Dossier], *, unit: Unit, year: int, by: User) -> dict[int, str]:
    """By dossier, the first thing that stands against recognising it in this unit and year by this user."""
    listed = list(dossiers)
    elsewhere = judged_elsewhere(listed, by)
    found = {dossier.pk: _problem(dossier, unit, year, by, dossier.pk in elsewhere) for dossier in listed}
    return {pk: problem for pk, problem in found.items() if problem}


def _problem(dossier: Dossier, unit: Unit, year: int, by: User, is_elsewhere: bool) -> str:
    if dossier.person_id == by.person_id:
        return _("This is your own dossier: someone else has to decide on it.")
    if is_elsewhere:
        return _("You judged this dossier in another body: someone else has to decide on it.")
    return _wrong_place(dossier, unit, year) or _not_passed(dossier)


def _wrong_place(dossier: Dossier, unit: Unit, year: int) -> str:
    if dossier.current_step is None or not dossier.current_step.recognises:
        return _("This dossier is not waiting for recognition.")
    if dossier.year != year or dossier.current_unit_id != unit.pk:
        return _("This dossier belongs to another year or another unit.")
    return ""


def _not_passed(dossier: Dossier) -> str:
    verdict = verdict_of(dossier, list(dossier.scores.all()))
    if not verdict.is_complete:
        return _("Some indicators have no reviewed score yet.")
    if not verdict.is_passed:
        return _("The reviewed scores do not reach what the title asks for.")
    return ""


put_on_decision = RowAction(
    name="draft",
    label=gettext_lazy("Put the chosen ones on a decision"),
    icon="stamp",
    address="recognition:draft",
    row_name="dossier",
    may_use=lambda user: may(user, Action.RECOGNISE),
    may_choose=is_ready,
)
