"""What people are told leaves the site: what is urgent at once, by the channels that they chose, the rest in one letter
a week.

A batch is settled in one transaction with its letters in the outbox: whatever dies, nothing is lost or told twice.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from notices import channels
from notices.calendars import with_dated
from notices.channels import Address, Channel
from notices.letters import standing_parts
from notices.models import Channel as Key
from notices.models import Delivery, Notice, Preference
from notices.registries.kinds import Urgency, over
from work.actions import PutLetter, is_away, put_letters
from work.rhythms import weekly

WEEK = weekly(0, 7)  # Mondays at seven
_BATCH = 500
Chosen = dict[tuple[int, str], bool]
Message = EmailMessage | Mapping[str, str]


@dataclass(frozen=True)
class _Letter:
    """To one person, wherever the channel reaches them."""

    channel: Channel
    addresses: Sequence[Address]
    notices: Sequence[Notice]
    message: Message


def send_urgent(*, at: datetime.datetime) -> int:
    """How many letters went into the outbox. By a channel that is away none is written: what is done meanwhile is not
    told at all."""
    sent = after = 0
    while not all(is_away(channel.carrier) for channel in channels.present()):
        waiting = Notice.objects.waiting(Urgency.AT_ONCE, at).filter(pk__gt=after).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True)[:_BATCH])
        if not keys:
            break
        sent, after = sent + _settle(keys, None, at), keys[-1]
    return sent


def send_digests(*, at: datetime.datetime) -> int:
    """To each at most one a week, by the one way that they chose, with what was told until the Monday; how many."""
    sent, after, begins_at = 0, 0, WEEK.slot(at)
    week = timezone.localdate(begins_at)
    while not all(is_away(channel.carrier) for channel in channels.present()):
        told = Notice.objects.waiting(Urgency.WEEKLY, at).filter(at__lt=begins_at, person__gt=after)
        waiting = told.without_digest(week)
        if is_away(channels.MAIL.carrier):
            waiting = waiting.not_by_mail()
        people = list(waiting.order_by("person").values_list("person", flat=True).distinct()[:_BATCH])
        if not people:
            break
        sent += _settle(list(waiting.filter(person__in=people).values_list("pk", flat=True)), week, at)
        after = people[-1]
    return sent


def note_ends(*, references: Sequence[str], end: str, at: datetime.datetime) -> None:
    """What became of letters, as the outbox tells it. What was read on the site meanwhile stays read."""
    unread = Delivery.objects.filter(pk__in=references).exclude(state=Delivery.State.SEEN)
    if end == Delivery.State.FAILED:  # of somebody's devices one
        unread = unread.exclude(channel=Key.PUSH, state=Delivery.State.SENT)
    unread.update(state=end, at=at)


@transaction.atomic
def _settle(keys: Sequence[int], week: datetime.date | None, at: datetime.datetime) -> int:
    """Has these notices told by each channel by which that is wanted and possible; how many letters it takes. What one
    that is away would tell is settled when it is back."""
    notices = list(Notice.objects.filter(pk__in=keys).for_letters())
    done = over(notices)
    Notice.objects.filter(pk__in=done).update(done_at=at)
    due = with_dated([notice for notice in notices if notice.pk not in done])
    letters, held, served = [], set(), set()
    for channel in channels.present():
        reached = [(notice, where) for notice, where in _reached(channel, due, week) if notice.person_id not in served]
        if week is not None:
            served |= {notice.person_id for notice, _addresses in reached}
        if is_away(channel.carrier):
            held |= {notice.pk for notice, _addresses in reached}
        else:
            letters += _urgent(channel, reached) if week is None else _digests(channel, reached)
    Notice.objects.filter(pk__in={notice.pk for notice in notices} - held).update(passed_on_at=at)
    _put(letters, week, at)
    return len(letters)


def _reached(
    channel: Channel, notices: Sequence[Notice], week: datetime.date | None
) -> list[tuple[Notice, list[Address]]]:
    """Of which each hears by this channel, and where. None of what it has told already, while another was away."""
    people = {notice.person_id: notice.person for notice in notices}
    addresses = channels.reached(channel, people.values())
    chosen = _chosen(channel, people, week)
    told = Delivery.objects.telling([notice.pk for notice in notices], channel.key)
    return [
        (notice, addresses[notice.person_id])
        for notice in notices
        if notice.person_id in addresses and notice.pk not in told and _is_wanted(channel, notice, week, chosen)
    ]


def _chosen(channel: Channel, people: Collection[int], week: datetime.date | None) -> Chosen:
    """Which kinds stand in the weekly letter is chosen once, whichever way it comes."""
    own = Preference.objects.chosen(people, channel.key)
    if week is None or channel is channels.MAIL:
        return own
    by_mail = Preference.objects.chosen(people, channels.MAIL.key)
    kinds_of_letter = {one: is_wanted for one, is_wanted in by_mail.items() if one[1] != Preference.DIGEST}
    return kinds_of_letter | {one: is_wanted for one, is_wanted in own.items() if one[1] == Preference.DIGEST}


def _is_wanted(channel: Channel, notice: Notice, week: datetime.date | None, chosen: Chosen) -> bool:
    if week is not None and not chosen.get((notice.person_id, Preference.DIGEST), channel is channels.MAIL):
        return False
    is_usual = (channel if week is None else channels.MAIL).is_usual(notice.of_kind)
    return bool(is_usual and notice.of_kind.binding) or chosen.get((notice.person_id, notice.kind), is_usual)


def _urgent(channel: Channel, reached: Iterable[tuple[Notice, list[Address]]]) -> list[_Letter]:
    return [_Letter(channel, addresses, [notice], channel.message(notice)) for notice, addresses in reached]


def _digests(channel: Channel, reached: Iterable[tuple[Notice, list[Address]]]) -> list[_Letter]:
    by_person: dict[int, list[Notice]] = defaultdict(list)
    addresses = {}
    for notice, where in reached:
        by_person[notice.person_id].append(notice)
        addresses[notice.person_id] = where
    parts = standing_parts()
    return [
        _Letter(channel, addresses[person], notices, channel.digest(notices, parts))
        for person, notices in by_person.items()
    ]


def _put(letters: Sequence[_Letter], week: datetime.date | None, at: datetime.datetime) -> None:
    sent = [
        Delivery(person_id=letter.notices[0].person_id, channel=letter.channel.key, week=week, at=at)
        for letter in letters
    ]
    Delivery.objects.bulk_create(sent, batch_size=_BATCH)
    through = Delivery.notices.through
    through.objects.bulk_create(
        [
            through(delivery_id=delivery.pk, notice_id=notice.pk)
            for delivery, letter in zip(sent, letters, strict=True)
            for notice in letter.notices
        ],
        batch_size=_BATCH,
    )
    put = [
        PutLetter(_to(address, letter.message), address.value, str(delivery.pk), week is None, letter.channel.carrier)
        for delivery, letter in zip(sent, letters, strict=True)
        for address in letter.addresses
    ]
    put_letters(put=put, at=at)


def _to(address: Address, message: Message) -> Message:
    return message if isinstance(message, EmailMessage) else {**message, **address.more}
