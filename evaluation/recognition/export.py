"""What a person takes along of their titles, and of the families, clans and communities that learn with them."""

from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from evaluation.recognition.models import GroupingMember, Title
from membership.models import Person


def titles_part(person: Person) -> dict[str, Any]:
    """Also those of records merged into the person's."""
    places = GroupingMember.objects.filter(person__in=Person.objects.records_of(person)).order_by("valid_from", "pk")
    groups = places.values(
        "valid_from", "valid_to", kind=F("grouping__kind"), name=F("grouping__name"), place=F("grouping__place__name")
    )
    return {"titles": [_title(title) for title in Title.objects.of_person(person)], "learning_groups": list(groups)}


def _title(title: Title) -> dict[str, Any]:
    return {
        "year": title.year,
        "name": title.name,
        "place": title.place,
        "total": title.total,
        "certificate_number": title.number,
        "verification_code": title.code,
        "decision": title.decision.number,
        "signed_on": title.decision.signed_on,
        "decision_in_effect_since": title.decision.effective_at,
        "decision_signed": title.decision.get_way_display(),
        "unit": title.decision.body,
        "revoked_at": title.revoked_at,
        "revoked_reason": title.revoked_reason,
        "certificate": _certificate(title),
        "badge": settings.BASE_URL + reverse("recognition:badge", args=[title.code, "json"]),
    }


def _certificate(title: Title) -> str:
    """Its address; of an earlier year there is only the paper of then."""
    return settings.BASE_URL + reverse("recognition:certificate", args=[title.code]) if title.dossier_id else ""
