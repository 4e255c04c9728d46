"""Which dossiers are not where their person is, or of another target group than they."""

import datetime

from django.db.models import Exists, F, OuterRef

from evaluation.dossiers.models import Dossier, IndicatorScore, MeetingLine
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from membership.belonging import group_on
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


def of_another_group(year: int, day: datetime.date) -> DossierQuerySet[Dossier]:
    """Those of the year in which nothing has been written yet, and whose person is of another group on the day."""
    written = IndicatorScore.objects.filter(dossier=OuterRef("pk"), self_saved_at__isnull=False)
    drafts = Dossier.objects.filter(year=year, state=Dossier.State.DRAFT, person__withdrawn_at=None)
    return drafts.filter(~Exists(written)).alias(own_group=group_on(day, "person")).exclude(group=F("own_group"))
