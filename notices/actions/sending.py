"""What people are told leaves the site by e-mail: what is urgent at once, the rest in one letter a week.

A batch is settled in one transaction with its letters in the outbox: whatever dies, nothing is lost or told twice.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from notices.letters import Letter, digest_of, letter_of
from notices.models import Channel, Delivery, Notice, Preference
from notices.registries.kinds import Kind, Urgency, kinds
from work.actions import PutLetter, is_mail_away, put_letters
from work.rhythms import weekly

WEEK = weekly(0, 7)  # Mondays at seven
_BATCH = 500
Chosen = dict[tuple[int, str], bool]


def send_urgent(*, at: datetime.datetime) -> int:
    """How many letters went into the outbox. While the mail server is away none is written: what is done meanwhile is
    not told at all."""
    sent = 0
    while not is_mail_away():
        waiting = Notice.objects.waiting(Urgency.AT_ONCE, at).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True)[:_BATCH])
        if not keys:
            break
        sent += _settle(keys, None, at)
    return sent


def send_digests(*, at: datetime.datetime) -> int:
    """To each at most one a week, with what was told until the Monday; how many."""
    sent, begins_at = 0, WEEK.slot(at)
    week = timezone.localdate(begins_at)
    while not is_mail_away():
        waiting = Notice.objects.waiting(Urgency.WEEKLY, at).filter(at__lt=begins_at).without_digest(week)
        people = list(waiting.order_by("person").values_list("person", flat=True).distinct()[:_BATCH])
        if not people:
            break
        sent += _settle(list(waiting.filter(person__in=people).values_list("pk", flat=True)), week, at)
    return sent


def note_ends(*, references: Sequence[str], end: str, at: datetime.datetime) -> None:
    """What became of letters, as the outbox tells it. What was read on the site meanwhile stays read."""
    unread = Delivery.objects.filter(pk__in=references).exclude(state=Delivery.State.SEEN)
    unread.update(state=end, at=at)


@transaction.atomic
def _settle(keys: Sequence[int], week: datetime.date | None, at: datetime.datetime) -> int:
    """Has these notices told by e-mail where that is wanted and possible; how many letters it takes."""
    notices = list(Notice.objects.filter(pk__in=keys).for_letters())
    over = _over(notices)
    Notice.objects.filter(pk__in=over).update(done_at=at)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(passed_on_at=at)
    chosen = Preference.objects.chosen({notice.person_id for notice in notices}, Channel.EMAIL)
    told = [notice for notice in notices if notice.pk not in over and _is_wanted(notice, week, chosen)]
    _put([letter_of(notice) for notice in told] if week is None else _digests(told), week, at)
    return len(told) if week is None else len({notice.person_id for notice in told})


def _over(notices: Iterable[Notice]) -> set[int]:
    """Keys of those of which there is nothing more to tell; a query or so for each kind."""
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.subject is not None:
            by_kind[notice.kind].append(notice)
    return {one.pk for kind, told in by_kind.items() for one in _not_due(kinds[kind], told)}


def _not_due(kind: Kind, notices: Sequence[Notice]) -> list[Notice]:
    due = set(kind.still_due({notice.subject for notice in notices if notice.subject is not None}))
    return [notice for notice in notices if notice.subject not in due]


def _is_wanted(notice: Notice, week: datetime.date | None, chosen: Chosen) -> bool:
    user = getattr(notice.person, "user", None)
    if user is None or not user.is_active or not user.email:
        return False
    if week is not None and not chosen.get((notice.person_id, Preference.DIGEST), True):
        return False
    return chosen.get((notice.person_id, notice.kind), notice.of_kind.is_wanted)


def _digests(told: Iterable[Notice]) -> list[Letter]:
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for notice in told:
        by_person[notice.person_id].append(notice)
    return [digest_of(notices) for notices in by_person.values()]


def _put(letters: Sequence[Letter], week: datetime.date | None, at: datetime.datetime) -> None:
    sent = [Delivery(person_id=letter.person_id, channel=Channel.EMAIL, week=week, at=at) for letter in letters]
    Delivery.objects.bulk_create(sent, batch_size=_BATCH)
    through = Delivery.notices.through
    through.objects.bulk_create(
        [
            through(delivery_id=delivery.pk, notice_id=notice)
            for delivery, letter in zip(sent, letters, strict=True)
            for notice in letter.notices
        ],
        batch_size=_BATCH,
    )
    put_letters(
        put=[
            PutLetter(letter.message, letter.address, reference=str(delivery.pk), is_urgent=week is None)
            for delivery, letter in zip(sent, letters, strict=True)
        ],
        at=at,
    )
