"""How somebody wishes to be told. It is theirs alone, and the preferences themselves say what stands."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from membership.models import Person
from notices.channels import channels
from notices.models import Channel, Habits, Preference
from notices.registries.kinds import kinds


@transaction.atomic
def choose(
    *,
    person: Person,
    wanted: Mapping[str, Mapping[str, bool]],
    quiet_from: datetime.time,
    quiet_until: datetime.time,
    is_subject_open: bool,
) -> None:
    """``wanted`` by channel and kind; the weekly letter itself by one of them. What is binding stays. Idempotent."""
    habits = {"quiet_from": quiet_from, "quiet_until": quiet_until, "is_subject_open": is_subject_open}
    Habits.objects.update_or_create(person=person, defaults=habits)
    for channel, kinds_wanted in wanted.items():
        for kind, is_wanted in kinds_wanted.items():
            _keep(person.pk, channel, kind, is_wanted)


@transaction.atomic
def stop(*, person_id: int, kind: str) -> None:
    """By the link in a letter: no more letters of that kind, or no weekly letter. The site goes on telling it."""
    if Person.objects.filter(pk=person_id, erased_at=None).exists():
        _keep(person_id, Channel.EMAIL, kind, False)


def _keep(person_id: int, channel: str, kind: str, is_wanted: bool) -> None:
    chosen: dict[str, Any] = {"person_id": person_id, "kind": kind, "channel": channel}
    usual = (kind == Preference.DIGEST and channel == Channel.EMAIL) or (
        kind in kinds and channels[channel].is_usual(kinds[kind])
    )
    is_bound = usual and kind in kinds and bool(kinds[kind].binding)
    if is_wanted == usual or is_bound:
        Preference.objects.filter(**chosen).delete()
    else:
        Preference.objects.update_or_create(**chosen, defaults={"is_wanted": is_wanted})
