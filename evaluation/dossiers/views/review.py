"""The bodies' side: one dossier, or many on one page, where each row gets a word and the form goes once."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from evaluation.criteria.replay import replayed
from evaluation.dossiers import actions, sheet
from evaluation.dossiers.actions import BatchEntry, BatchResult, Verdict
from evaluation.dossiers.actions.guards import StaleError
from evaluation.dossiers.bodies import Turn, turn_of, turn_text
from evaluation.dossiers.forms import ReviewRowForm, StepForm
from evaluation.dossiers.models import Dossier, Review
from evaluation.dossiers.readiness import Obstacle, explained, vote_told
from evaluation.dossiers.views.queue import next_in_queue
from evaluation.dossiers.views.trails import office_trail, review_trail
from evaluation.dossiers.worth import group_since
from learning.evidence.pages.sentences import signed_in_at
from membership.actions import log_file_access
from membership.admission import admit
from membership.models import User
from membership.policy import Action

_LONGEST = 4 * 60 * 60  # a page left open over lunch says nothing
_SALT = "dossiers.opened"
_SETTLED_BY_AGREEING = {"", Obstacle.UNREVIEWED, Obstacle.BELOW_TOTAL, Obstacle.BELOW_FLOOR}
PER_PAGE = 25
_LEAVES = {"forward", "return", "not_propose", "refuse"}


def opened_now() -> str:
    return signing.dumps(int(timezone.now().timestamp()), salt=_SALT)


def seconds_since(token: str) -> int | None:
    """None where the page does not say, or was open for too long to tell."""
    try:
        opened = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    seconds = int(timezone.now().timestamp()) - opened
    return seconds if 0 <= seconds <= _LONGEST else None


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.VIEW_DOSSIERS)
    dossier = get_object_or_404(Dossier.objects.visible_to(user).for_review(), pk=pk)
    admit(request, Action.VIEW_DOSSIERS, dossier.unit)
    if request.method == "POST":
        return _act(request, user, dossier)
    log_file_access(user=user, person=dossier.person, what="dossier", at=timezone.now())
    return _show(request, user, dossier, _forms(dossier, None))


@require_safe
@login_required
def following(request: HttpRequest) -> HttpResponse:
    """Leads past a dossier (``sau``) to the one after it in the queue, as that was left; or else to the queue."""
    user, past = admit(request, Action.REVIEW), request.GET.get("sau", "")
    return _go_on(next_in_queue(request, user, int(past) if past.isdecimal() else 0))


@login_required
def batch(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.REVIEW)
    if request.method != "POST":
        return _show_many(request, user, {})
    results = _act_on_many(request, user)
    _tell(request, results)
    refused = {result.dossier.pk: result for result in results if not result.is_done}
    return _show_many(request, user, refused) if refused else redirect("dossiers:batch")


def _forms(dossier: Dossier, request: HttpRequest | None) -> list[ReviewRowForm]:
    data = request.POST if request is not None else None
    return [ReviewRowForm(data, score=score, criteria=dossier.criteria_set) for score in dossier.scores.all()]


def _act(request: HttpRequest, user: User, dossier: Dossier) -> HttpResponse:
    """Saves what was typed and does what was asked, both or neither; refused, the page keeps what was typed."""
    forms = _forms(dossier, request)
    stays = request.POST.get("do") not in _LEAVES
    following = None if stays else next_in_queue(request, user, dossier.pk)  # while it stands among them
    try:
        _require_same_step(request, dossier)
        step = StepForm(request.POST)
        are_valid = [form.is_valid() for form in (*forms, step)]
        if not all(are_valid):
            raise ValidationError(_("Nothing was saved: look at the marked indicators."))
        with transaction.atomic():
            done = _do(request, user, dossier, forms, step.cleaned_data["reason"])
    except (ValidationError, PermissionDenied) as refused:
        actions.note(refused)
        by_indicator = refused.by_indicator if isinstance(refused, actions.ReviewRefusedError) else {}
        for form in forms:
            if form.number in by_indicator:
                form.add_error("points", by_indicator[form.number])
        said = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        return _refused(request, user, dossier, forms, said)
    messages.success(request, f"{done} {_('Here is the next one that waits for you.')}" if following else done)
    return _go_on(dossier.pk if stays else following)


def _go_on(pk: int | None) -> HttpResponse:
    return redirect("dossiers:review", pk=pk) if pk else redirect("dossiers:queue")


def _require_same_step(request: HttpRequest, dossier: Dossier) -> None:
    if request.POST.get("step") != str(dossier.current_step_id or ""):
        raise StaleError(
            _("This dossier has moved on since you opened it: nothing was saved. What you wrote is still below.")
        )


def _do(request: HttpRequest, user: User, dossier: Dossier, forms: list[ReviewRowForm], reason: str) -> str:
    act: dict[str, Any] = {"dossier": dossier, "by": user, "at": timezone.now()}
    seconds = seconds_since(request.POST.get("opened", ""))
    entries = [entry for form in forms if (entry := form.entry()) is not None]
    actions.save_review(entries=entries, **act)
    _tell_taken_back(request, entries)
    match request.POST.get("do"):
        case "accept":
            actions.accept_own_scores(reason=reason, **act)
            return _("The person's own scores were taken wherever no score was given.")
        case "look_again":
            actions.look_again(**act)
            return _("Noted: the evidence that came later has been looked at.")
        case "weigh":
            actions.weigh_doubts(reason=reason, **act)
            return _("Noted what you make of the doubt; an inspector reads it.")
        case "forward":
            actions.forward(reason=reason, seconds=seconds, **act)
            return _("The dossier was forwarded to the next body.")
        case "return":
            actions.return_to_person(reason=reason, seconds=seconds, **act)
            return _("The dossier was returned to the person with your reason.")
        case "not_propose":
            actions.not_propose(reason=reason, seconds=seconds, **act)
            return _("Recorded as not proposed; the dossier is closed, and the person may appeal.")
        case "refuse":
            actions.decide(is_recognised=False, reason=reason, seconds=seconds, **act)
            return _("The title was refused for this year; the dossier is closed.")
    return _("The scores were saved.")


def _tell_taken_back(request: HttpRequest, entries: list[actions.ReviewEntry]) -> None:
    numbers = [str(entry.indicator_number) for entry in entries if entry.points is None]
    if numbers:
        said = _("The reviewed score of these indicators was taken back: %(numbers)s. What stood stays in the history.")
        messages.info(request, said % {"numbers": ", ".join(numbers)})


def _refused(
    request: HttpRequest, user: User, dossier: Dossier, forms: list[ReviewRowForm], said: list[str]
) -> HttpResponse:
    for text in said:
        messages.error(request, text)
    fresh = get_object_or_404(Dossier.objects.visible_to(user).for_review(), pk=dossier.pk)
    return _show(request, user, fresh, forms, is_kept=True)


def _show(
    request: HttpRequest, user: User, dossier: Dossier, forms: list[ReviewRowForm], *, is_kept: bool = False
) -> HttpResponse:
    turn = turn_of(user, dossier, timezone.localdate()) if dossier.state == Dossier.State.IN_REVIEW else Turn.NOT_HERE
    rows = sheet.rows_of(dossier, is_reviewing=True)
    for row, form in zip(rows, forms, strict=True):
        row.form = form if turn == Turn.YES or is_kept else None
    verdict = actions.verdict_of(dossier, list(dossier.scores.all()))
    obstacle = dossier.obstacle if turn == Turn.YES else ""  # type: ignore[attr-defined]  # annotated
    context = {
        "dossier": dossier,
        "group_since": group_since(dossier, timezone.localdate()),
        "signed_in_at": signed_in_at(dossier.identity_level),
        "rows": rows,
        "cells": sheet.strip_cells(dossier),
        "stations": sheet.stations(dossier),
        "problems": sheet.problems(rows),
        "opened": opened_now(),
        "past": [row for row in dossier.reviews.all() if row.reason or row.outcome == Review.Outcome.RETURNED],
        "is_my_turn": turn == Turn.YES,
        "is_kept": is_kept,
        "turn_text": turn_text(turn),
        "obstacle": obstacle,
        "against": explained(dossier, obstacle) if obstacle else "",
        "vote": vote_told(dossier, dossier.met_in) if dossier.vote else "",  # type: ignore[attr-defined]  # annotated
        "verdict": verdict,
        "replayed": replayed(dossier.frozen),
        "own_total": sheet.own_total(dossier),
        "open_count": sum(row.score.reviewed_points is None for row in rows),
        "step_form": StepForm(request.POST or None),
        "threshold": dossier.criteria_set.threshold,
        "breadcrumbs": review_trail(dossier),
    }
    return render(request, "dossiers/review.html", context)


def _act_on_many(request: HttpRequest, user: User) -> list[BatchResult]:
    entries, at = list(_batch_entries(request, user)), timezone.now()
    for entry in entries:
        log_file_access(user=user, person=entry.dossier.person, what="dossier", at=at)
    return actions.review_batch(entries=entries, by=user, at=at, seconds=seconds_since(request.POST.get("opened", "")))


def _batch_entries(request: HttpRequest, user: User) -> Iterator[BatchEntry]:
    """What was said to those rows that the user may see; the step says whether a dossier has moved on since."""
    said = {
        int(name.removeprefix("verdict-")): Verdict(word)
        for name, word in request.POST.items()
        if name.startswith("verdict-") and name[8:].isdigit() and word in list(Verdict)
    }
    found = Dossier.objects.for_queue(user).filter(pk__in=said).select_related("person").order_by("submitted_at", "pk")
    for dossier in found:
        step = request.POST.get(f"step-{dossier.pk}", "")
        dossier.current_step_id = int(step) if step.isdigit() else None
        yield BatchEntry(dossier, said[dossier.pk], request.POST.get(f"reason-{dossier.pk}", "")[:2000])


def _tell(request: HttpRequest, results: list[BatchResult]) -> None:
    done = sum(result.is_done for result in results)
    refused = len(results) - done
    if done:
        said = ngettext("%(count)s dossier was dealt with.", "%(count)s dossiers were dealt with.", done)
        messages.success(request, said % {"count": done})
    if refused:
        said = ngettext("%(count)s dossier was refused: see its row.", "%(count)s were refused: see the rows.", refused)
        messages.error(request, said % {"count": refused})
    if not results:
        messages.error(request, _("Choose what to do for at least one dossier."))


def _show_many(request: HttpRequest, user: User, refused: dict[int, BatchResult]) -> HttpResponse:
    waiting = Dossier.objects.takeable_by(user).in_turn().key_list()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_batch_row(dossier, request, refused) for dossier in Dossier.objects.for_rows(list(page), user)]
    context = {
        "page_obj": page,
        "rows": rows,
        "verdicts": [Verdict.FORWARD, Verdict.AGREE, Verdict.RETURN],
        "opened": opened_now(),
        "breadcrumbs": office_trail(_("Batch review")),
    }
    return render(request, "dossiers/batch.html", context)


def _batch_row(dossier: Any, request: HttpRequest, refused: dict[int, BatchResult]) -> dict[str, Any]:
    result = refused.get(dossier.pk)
    return {
        "dossier": dossier,
        "scores": dossier.scores.all(),
        "recognises": dossier.current_step.recognises,
        "against": "" if dossier.obstacle in _SETTLED_BY_AGREEING else dossier.told_obstacle,
        "refusal": result.refusal if result else "",
        "verdict": str(result.verdict) if result else "",
        "reason": request.POST.get(f"reason-{dossier.pk}", "") if result else "",
    }
