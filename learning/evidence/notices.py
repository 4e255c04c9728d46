"""What people are told of the certificates that they handed in."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.evidence.models import Evidence
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

_OWN = _("You handed the certificate in.")

CONFIRMED = declare(
    Kind(
        key="certificate-confirmed",
        title=_("My certificate is confirmed"),
        words=_("Your certificate “%(title)s” is confirmed: somebody saw the document."),
        why=_OWN,
    )
)
REFUSED = declare(
    Kind(
        key="certificate-refused",
        title=_("My certificate cannot be confirmed"),
        words=_("Your certificate “%(title)s” cannot be confirmed. Read why, and correct it."),
        why=_OWN,
        urgency=Urgency.AT_ONCE,
        still_due=Evidence.objects.standing,  # what the person corrected or took back meanwhile is told no more
        is_by_key=True,
    )
)


def judged(*, kind: Kind, evidence: Evidence, at: datetime.datetime) -> None:
    said = {"title": evidence.title}
    address = reverse("evidence:mine")
    tell(
        kind=kind, told=[Told(person_id=evidence.person_id, key=str(evidence.pk), values=said, address=address)], at=at
    )
