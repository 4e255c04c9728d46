"""Which dossiers are not where their person is."""

import datetime

from django.db.models import Exists, OuterRef

from evaluation.dossiers.models import Dossier, MeetingLine
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from membership.models import Membership, Role


def left_behind(year: int, day: datetime.date) -> DossierQuerySet[Dossier]:
    """Those of the year that are under way, but whose person is on the day no member where it is. What an open meeting
    has before it is not among them, nor is anything of who withdrew their consent."""
    roles = Membership.objects.on(day).filter(person=OuterRef("person"))
    on_the_table = MeetingLine.objects.filter(dossier=OuterRef("pk"), meeting__closed_at=None)
    under_way = Dossier.objects.filter(year=year, state__in=Dossier.UNDER_WAY, person__withdrawn_at=None)
    return under_way.filter(
        ~Exists(roles.filter(unit=OuterRef("unit"), role=Role.MEMBER)), Exists(roles), ~Exists(on_the_table)
    )
