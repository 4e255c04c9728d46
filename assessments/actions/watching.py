"""Looking at finished attempts for what a person should see. Marks stay; only the evidence is vouched for less."""

import datetime
import json
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.actions.telling import tell_again
from assessments.bank import versions
from assessments.models import Attempt, QuizPage, Response, Signal
from assessments.rules import integrity
from assessments.rules.integrity import Sitting
from membership.models import User
from membership.policy import Action, may, require_consenting

TRACES_KEPT = datetime.timedelta(hours=24)
COMPARED = 200  # the latest attempts at the same quiz


@transaction.atomic
def watch(*, attempt: UUID, at: datetime.datetime) -> list[Signal]:
    """Looks at a finished attempt once. Running it again finds it watched, and changes nothing; so does running it on
    one whose learner withdrew their consent meanwhile."""
    mine = Attempt.objects.held_for_finishing().filter(pk=attempt).first()
    if mine is None or mine.is_watched or mine.finished_at is None:
        return []
    responses = versions.attach(mine.responses.for_marking())
    own = _sitting(mine, responses)
    others = _others(mine)
    found = _found(mine, responses, own, others)
    told = [_note(kind, sitting, details, at) for kind, sitting, details in found]
    mine.is_watched = True
    mine.save(update_fields=["is_watched"])
    return [signal for signal in told if signal is not None]


@transaction.atomic
def clear_signal(*, signal: Signal, note: str, by: User, at: datetime.datetime) -> Signal:
    """A person has looked and vouches for the attempt: its evidence counts in full again. Idempotent.

    Raises PermissionDenied for who may not see the attempt; ValidationError, in words, where the learner withdrew their
    consent.
    """
    if not Signal.objects.visible_to(by).filter(pk=signal.pk).exists():
        raise PermissionDenied("assessments.clear_signal refused")
    require_consenting(signal.attempt.enrolment.person_id)
    standing = Signal.objects.select_for_update().get(pk=signal.pk)
    if standing.cleared_at is None:
        standing.cleared_at, standing.cleared_by, standing.note = at, by, note.strip()
        standing.save(update_fields=["cleared_at", "cleared_by", "note"])
        log(instance=standing, action="assessments.clear_signal", user=by, title=str(standing.pk))
        attempt = Attempt.objects.held_for_finishing().get(pk=standing.attempt_id)
        _retell(attempt, at, _("A trainer looked at the attempt and vouches for it."))
    return standing


def forget_traces(*, at: datetime.datetime) -> int:
    """Empties the marks of device and address that are a day old. Run twice it finds none."""
    old = Attempt.objects.filter(started_at__lt=at - TRACES_KEPT).exclude(device_mark="", address_mark="")
    return old.update(device_mark="", address_mark="")


def _found(
    mine: Attempt, responses: list[Response], own: Sitting, others: list[Sitting]
) -> list[tuple[Signal.Kind, Sitting, dict[str, object]]]:
    found: list[tuple[Signal.Kind, Sitting, dict[str, object]]] = []
    answered = [one.answered_at for one in responses if one.answered_at]
    words = sum(_words(one) for one in responses if one.answer is not None)
    if answered and integrity.is_too_fast(mine.started_at, max(answered), words):
        found.append((Signal.Kind.TOO_FAST, own, {"words": words}))
    together = integrity.on_same_device(own, others)
    people = len({one.person for one in together}) + 1
    found += [(Signal.Kind.SAME_DEVICE, one, {"people": people}) for one in ([own, *together] if together else [])]
    alike = integrity.answered_alike(own, others)
    found += [(Signal.Kind.SAME_ANSWERS, one, {}) for one in ([own, *alike] if alike else [])]
    if _reads_keys(mine):
        found.append((Signal.Kind.READS_KEYS, own, {}))
    line = integrity.at_same_address(own, others)
    beside = {"people_on_the_line": line} if line >= integrity.PEOPLE_TOGETHER else {}
    return [(kind, sitting, details | beside) for kind, sitting, details in found]


def _reads_keys(mine: Attempt) -> bool:
    """Whether its learner could look the answers up that day, or may change the quiz so that it shows them; practice
    counts for nothing anyway.
    """
    if mine.purpose == QuizPage.Purpose.PRACTICE:
        return False
    day = timezone.localdate(mine.finished_at)
    accounts = User.objects.filter(person=mine.enrolment.person_id, is_active=True)
    return any(
        may(account, Action.MANAGE_QUESTIONS, on=day)
        or (mine.quiz is not None and mine.quiz.permissions_for_user(account).can_edit())
        for account in accounts
    )


def _note(kind: Signal.Kind, sitting: Sitting, details: dict[str, object], at: datetime.datetime) -> Signal | None:
    """Of who withdrew their consent nothing is noted: their attempt is looked at anew once they agree again."""
    attempt = Attempt.objects.held_for_finishing().filter(pk=sitting.attempt).first()
    if attempt is None:
        Attempt.objects.filter(pk=sitting.attempt).update(is_watched=False)
        return None
    signal, is_new = Signal.objects.get_or_create(
        attempt=attempt, kind=kind, defaults={"details": details, "noticed_at": at}
    )
    if is_new:
        _retell(attempt, at, _("Something about the attempt waits for a person to look at it."))
    return signal if is_new else None


def _retell(attempt: Attempt, at: datetime.datetime, reason: str) -> None:
    tell_again(attempt, attempt.responses.for_marking(), at, reason)


def _others(mine: Attempt) -> list[Sitting]:
    """The latest attempts of other people at the same quiz."""
    earliest = (mine.finished_at or mine.started_at) - TRACES_KEPT
    near = Attempt.objects.filter(quiz_key=mine.quiz_key, finished_at__gte=earliest).exclude(pk=mine.pk)
    attempts = list(near.select_related("enrolment").order_by("-finished_at")[:COMPARED])
    by_attempt: dict[UUID, list[Response]] = {attempt.pk: [] for attempt in attempts}
    for response in versions.attach(Response.objects.filter(attempt__in=by_attempt)):
        by_attempt[response.attempt_id].append(response)
    return [_sitting(attempt, by_attempt[attempt.pk]) for attempt in attempts]


def _sitting(attempt: Attempt, responses: Iterable[Response]) -> Sitting:
    wrong = {
        one.version_id: json.dumps(one.version.parsed.describe(one.answer, one.order))
        for one in responses
        if one.answer is not None and one.points is not None and one.points < 1
    }
    return Sitting(
        attempt=attempt.pk,
        person=attempt.enrolment.person_id,
        finished_at=attempt.finished_at or attempt.started_at,
        device=attempt.device_mark,
        address=attempt.address_mark,
        wrong=wrong,
    )


def _words(response: Response) -> int:
    shown = response.version.parsed.shown(response.order, None)
    return len(response.version.prompt.split()) + len(str(list(shown.values())).split()) // 3
