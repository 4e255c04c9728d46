"""The last day to hand in one's dossier, in one's calendar."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Dossier
from notices.registries.dated import Dated

_AHEAD = datetime.timedelta(days=400)


def last_days(person_id: int, day: datetime.date) -> Iterator[Dated]:
    """Of dossiers that are begun and not handed in."""
    drafts = Dossier.objects.filter(person=person_id, state=Dossier.State.DRAFT)
    for dossier in drafts.due_between(day, day + _AHEAD):
        yield Dated(
            key=f"dossier-{dossier.pk}",
            title=_("Last day to hand in your dossier for %(year)s") % {"year": dossier.year},
            begins=dossier.due_on,  # type: ignore[attr-defined]  # annotated
            address=reverse("dossiers:self_assessment", args=[dossier.year]),
        )
