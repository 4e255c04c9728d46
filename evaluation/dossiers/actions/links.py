"""A body without accounts answers by link: its officer freezes a list, it says its word once, the officer takes it
over. See decision 0143: the word advises, it is no signature, and nothing here recognises.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.batch import BatchEntry, BatchResult, Verdict, review_batch
from evaluation.dossiers.actions.guards import RefusedError, refusals_noted, require_consenting
from evaluation.dossiers.actions.meetings import require_body
from evaluation.dossiers.listed import answer_told, digest_of
from evaluation.dossiers.models import BodyLink, Dossier, LinkAct, LinkLine, ReviewStep
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from evaluation.dossiers.querysets.links import token_hash
from evaluation.dossiers.seals import LINK
from interface.vietnamese import nfc
from learning.evidence.actions import await_sealing
from membership.actions import MOST_TRIES
from membership.models import Unit, User
from membership.slips.codes import code_hash

LINK_GOOD_FOR = datetime.timedelta(days=14)
MOST_LINES = 200  # that a board can look at with care
_Kind, _State, _Word = LinkAct.Kind, BodyLink.State, LinkLine.Word
_REFUSED_AS = {
    _State.ANSWERED: _Kind.ANSWERED,
    _State.TAKEN: _Kind.ANSWERED,
    _State.REVOKED: _Kind.REVOKED,
    _State.TRIED: _Kind.TRIED,
    _State.EXPIRED: _Kind.EXPIRED,
}
_VERDICTS = {_Word.AGREE: Verdict.FORWARD, _Word.DISAGREE: Verdict.RETURN}


@dataclass(frozen=True)
class LinkAnswer:
    """The body's word on one line."""

    word: str
    remark: str = ""


@dataclass(frozen=True)
class Reply:
    """What the body sends once: a word on each dossier, by its key, and who answers for the body."""

    answers: Mapping[int, LinkAnswer]
    name: str
    function: str


@refusals_noted
def freeze_list(
    *, step: ReviewStep, unit: Unit, year: int, token: str, code: str, by: User, at: datetime.datetime
) -> BodyLink:
    """The list of what waits at the body, as it stands now. It ends the link that was out for that body and year."""
    require_body(by, step, unit, at)
    if step.recognises or not step.by_link:
        raise RefusedError(_("This body does not answer by link: the review chain says which do."))
    waiting = waiting_for_link(step, unit, year).select_for_update(of=("self",))
    listed = list(waiting.select_related("person").prefetch_related("scores__indicator").order_by("pk")[:MOST_LINES])
    if not listed:
        raise RefusedError(_("Nothing waits at this body that it may answer by link."))
    for dossier in listed:
        require_consenting(dossier.person)
    for earlier in BodyLink.objects.select_for_update().open().filter(step=step, unit=unit, year=year):
        _end(earlier, by, at)
    lines = [LinkLine(dossier=dossier, frozen=frozen_line(dossier)) for dossier in listed]
    link = BodyLink.objects.create(
        step=step, unit=unit, year=year, token_hash=token_hash(token), code_hash=code_hash(code), frozen_by=by,
        digest=digest_of([line.frozen for line in lines]), frozen_at=at, expires_at=at + LINK_GOOD_FOR,
    )  # fmt: skip
    for line in lines:
        line.link = link
    LinkLine.objects.bulk_create(lines)
    _note(link, _Kind.FROZEN, at, by, digest=link.digest, dossiers=[row.pk for row in listed])
    log(instance=link, action="dossiers.freeze_list", user=by, data={"dossiers": [row.pk for row in listed]})
    return link


def waiting_for_link(step: ReviewStep, unit: Unit, year: int) -> DossierQuerySet[Dossier]:
    """What waits at that body, by whichever chain, where the chain lets it answer by link."""
    here = {"current_step__role": step.role, "current_step__by_link": True, "current_unit": unit, "year": year}
    able = {"person__withdrawn_at": None, "person__restricted_at": None}
    return Dossier.objects.filter(**here, **able, state=Dossier.State.IN_REVIEW)


@transaction.atomic
def enter_code(*, link: BodyLink, code: str, browser: str, at: datetime.datetime) -> LinkAct:
    """Opens the list in that browser and no other, or refuses; what it returns says which. Misses are counted."""
    current = BodyLink.objects.select_for_update().get(pk=link.pk)
    refusal = why_refused(current, browser, at)
    if refusal is None and not constant_time_compare(current.code_hash, code_hash(code)):
        refusal = _Kind.CODE
        current.tries += 1
        current.is_tried_out = current.tries >= MOST_TRIES
        current.save(update_fields=["tries", "is_tried_out"])
    if refusal is not None:
        return _note(current, refusal, at)
    current.browser_hash = browser
    current.save(update_fields=["browser_hash"])
    return _note(current, _Kind.OPENED, at)


@transaction.atomic
def answer_list(*, link: BodyLink, reply: Reply, browser: str, at: datetime.datetime) -> LinkAct:
    """Takes the body's words, once. What the link is refused for is returned as ``enter_code`` does; raises
    RefusedError where a word, a remark, the name or the function is missing: then it may be sent again."""
    current = BodyLink.objects.select_for_update().get(pk=link.pk)
    refusal = why_refused(current, browser, at)
    if refusal is None and not current.browser_hash:
        refusal = _Kind.BROWSER
    if refusal is not None:
        return _note(current, refusal, at)
    lines = list(current.lines.order_by("dossier"))
    _require_whole(lines, reply)
    for line in lines:
        said = reply.answers[line.dossier_id]
        line.word, line.remark = said.word, nfc(said.remark.strip())
    LinkLine.objects.bulk_update(lines, ["word", "remark"])
    current.answered_at = at
    current.answered_by, current.answered_as = nfc(reply.name.strip()), nfc(reply.function.strip())
    current.save(update_fields=["answered_at", "answered_by", "answered_as"])
    log(instance=current, action="dossiers.answer_list", user=None, data={"lines": len(lines)})
    return _note(current, _Kind.ANSWER, at, digest=digest_of(answer_told(current, lines)))


@refusals_noted
def revoke_link(*, link: BodyLink, by: User, at: datetime.datetime) -> BodyLink:
    """Nobody opens it any more. Idempotent; an answer that came is not revoked."""
    current = BodyLink.objects.select_for_update(of=("self",)).select_related("step", "unit").get(pk=link.pk)
    require_body(by, current.step, current.unit, at)
    if current.answered_at is not None:
        raise RefusedError(_("The body has answered already."))
    if current.revoked_at is None:
        _end(current, by, at)
    return current


@refusals_noted
def take_over(*, link: BodyLink, by: User, at: datetime.datetime) -> list[BatchResult]:
    """What the body said becomes the step's verdicts, by the same actions as the batch: agreed to and forwarded, or
    returned with the remark. Whatever changed since it was frozen, and what this officer may not judge, is named and
    left out; another officer may take over what is left."""
    current = BodyLink.objects.select_for_update(of=("self",)).select_related("step", "unit").get(pk=link.pk)
    require_body(by, current.step, current.unit, at)
    if current.answered_at is None:
        raise RefusedError(_("The body has not answered yet."))
    lines = list(_with_dossiers(current.lines.filter(taken_at=None)))
    same, changed = [line for line in lines if not _has_changed(line)], [line for line in lines if _has_changed(line)]
    results = review_batch(entries=[_entry(line) for line in same], by=by, at=at)
    done = [result.dossier.pk for result in results if result.is_done]
    if done:
        current.lines.filter(dossier__in=done).update(taken_at=at)
        current.taken_at = current.taken_at or at
        current.save(update_fields=["taken_at"])
        _note(current, _Kind.TAKE, at, by, dossiers=done)
        log(instance=current, action="dossiers.take_over_answers", user=by, data={"dossiers": done})
    return [*results, *(_left_out(line) for line in changed)]


def why_refused(link: BodyLink, browser: str, at: datetime.datetime) -> LinkAct.Kind | None:
    """What the link is refused for in that browser; None while it may be opened there."""
    if (refusal := _REFUSED_AS.get(link.state_at(at))) is not None:
        return refusal
    is_elsewhere = link.browser_hash and not constant_time_compare(link.browser_hash, browser)
    return _Kind.BROWSER if is_elsewhere else None


def frozen_line(dossier: Dossier) -> dict[str, Any]:
    """What the list says of a dossier; no queries where scores and indicators are prefetched."""
    scores = sorted(dossier.scores.all(), key=lambda score: score.indicator.number)
    figures = [
        [row.indicator.number, *map(_text, (row.self_points, row.suggested_points, row.reviewed_points))]
        for row in scores
    ]
    told = {"name": dossier.person.full_name, "group": dossier.group, "scores": figures}
    return {"dossier": dossier.pk, "step": dossier.current_step_id, **told}


def _end(link: BodyLink, by: User, at: datetime.datetime) -> None:
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    _note(link, _Kind.REVOKE, at, by)
    log(instance=link, action="dossiers.revoke_link", user=by)


def _note(link: BodyLink, kind: LinkAct.Kind, at: datetime.datetime, by: User | None = None, **about: Any) -> LinkAct:
    act = LinkAct.objects.create(link=link, kind=kind, at=at, by=by, **about)
    await_sealing(kind=LINK.key, rows=[act.pk], at=at)
    return act


def _require_whole(lines: Iterable[LinkLine], reply: Reply) -> None:
    if not reply.name.strip() or not reply.function.strip():
        raise RefusedError(_("Say who answers for the body, and in which function."))
    said = {line: reply.answers.get(line.dossier_id, LinkAnswer("")) for line in lines}
    if any(answer.word not in _Word.values for answer in said.values()):
        raise RefusedError(_("Say your word on each line; nothing was sent."))
    silent = [
        line.frozen["name"] for line, one in said.items() if one.word == _Word.DISAGREE and not one.remark.strip()
    ]
    if silent:
        raise RefusedError(_("Say why you do not agree, for %(names)s.") % {"names": ", ".join(silent)})


def _with_dossiers(lines: Any) -> Iterable[LinkLine]:
    found: Iterable[LinkLine] = lines.select_related("dossier__person").prefetch_related("dossier__scores__indicator")
    return found


def _has_changed(line: LinkLine) -> bool:
    dossier = line.dossier
    return dossier.state != Dossier.State.IN_REVIEW or frozen_line(dossier) != line.frozen


def _entry(line: LinkLine) -> BatchEntry:
    return BatchEntry(line.dossier, _VERDICTS[_Word(line.word)], line.remark)


def _left_out(line: LinkLine) -> BatchResult:
    refusal = _("It changed since the list was frozen: judge it at your desk, or freeze a new list.")
    return replace(BatchResult(line.dossier, _VERDICTS[_Word(line.word)]), refusal=refusal)


def _text(points: Any) -> str | None:
    return None if points is None else f"{points:.1f}"
