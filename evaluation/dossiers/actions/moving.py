"""A dossier belongs where its person does on the last day of its year; until then it goes where they go."""

import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from evaluation.dossiers.bodies import chain_for, has_bodies, unit_of_step
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.querysets.moving import left_behind
from membership.belonging import unit_of
from membership.models import Unit


def follow_people(*, at: datetime.datetime) -> int:
    """Takes what is under way to where its person belongs today, or did on the last day of a year that is over. Gives
    how many went. Run twice it changes nothing more.

    It waits at the same body of the new place. Where that has no such bodies it passes those that are there, from the
    first; where nobody there judges at all, it stays.
    """
    today = timezone.localdate(at)
    gone = 0
    for year in (
        Dossier.objects.filter(state__in=Dossier.UNDER_WAY).order_by().values_list("year", flat=True).distinct()
    ):
        day = min(today, datetime.date(year, 12, 31))
        for key in list(left_behind(year, day).values_list("pk", flat=True)):
            gone += _follow(key, day)
    return gone


@transaction.atomic
def _follow(key: int, day: datetime.date) -> bool:
    held = Dossier.objects.select_for_update(of=("self",)).select_related("person", "chain")
    dossier = held.filter(pk=key).first()
    if dossier is None or not left_behind(dossier.year, day).filter(pk=key).exists():
        return False  # erased or settled meanwhile
    unit, before = unit_of(dossier.person, day), dossier.unit_id
    if unit is None or unit.pk == before or not _take(dossier, unit, day):
        return False
    dossier.save(update_fields=["unit", "chain", "current_step", "current_unit"])
    log(instance=dossier, action="dossiers.follow", data={"before": before, "after": unit.pk})
    return True


def _take(dossier: Dossier, unit: Unit, day: datetime.date) -> bool:
    """Whether somebody judges it there."""
    if not has_bodies(dossier.chain, unit):
        chain = chain_for(dossier.group, unit, day)
        if chain is None:
            return False
        dossier.chain = chain
        if dossier.current_step:
            dossier.current_step = chain.steps.order_by("order").first()
    dossier.unit = unit
    if dossier.current_step:
        dossier.current_unit = unit_of_step(dossier.current_step, unit)
    return True
