"""What somebody takes along of what they were told."""

from typing import Any

from django.utils.translation import override

from membership.models import Person
from notices.models import CalendarFeed, Delivery, Device, Habits, Notice, Preference, Refusal
from notices.registries.kinds import kinds

_LANGUAGE = "vi"


def notices_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    records = Person.objects.records_of(person)
    told = Notice.objects.filter(person__in=records).order_by("at", "pk").select_related("circular")
    about = {"person__in": records}
    with override(_LANGUAGE):
        return {
            "notices": [_notice(one) for one in told],
            "notice_preferences": list(Preference.objects.filter(**about).values("kind", "channel", "is_wanted")),
            "notice_habits": list(
                Habits.objects.filter(**about).values("quiet_from", "quiet_until", "is_subject_open")
            ),
            "calendar_address": list(CalendarFeed.objects.filter(**about).values("number", "is_open")),
            "notice_addresses_refused": list(
                Refusal.objects.filter(**about).values("channel", "address", "is_off", "count", "letter", "at")
            ),
            "notice_devices": list(
                Device.objects.filter(**about).order_by("added_at").values("name", "added_at", "ended_at")
            ),
            "notice_letters": list(
                Delivery.objects.filter(**about).order_by("at").values("channel", "week", "state", "at")
            ),
        }


def _notice(notice: Notice) -> dict[str, Any]:
    told = notice.words if notice.kind in kinds else ""
    written = notice.circular.text if notice.circular else ""
    moments = {"passed_on_at": notice.passed_on_at, "seen_at": notice.seen_at, "done_at": notice.done_at}
    return {"kind": notice.kind, "words": told, "text": written, "at": notice.at, "address": notice.address, **moments}
