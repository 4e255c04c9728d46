"""A dossier belongs where its person does on the last day of its year; until then it goes where they go. It is of
their target group until something was written in it."""

import datetime
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.actions.opening import choose_anew
from evaluation.dossiers.bodies import chain_for, has_bodies, unit_of_step
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from evaluation.dossiers.querysets.moving import left_behind, of_another_group
from evaluation.dossiers.signals import dossier_moved
from membership.belonging import unit_of
from membership.models import Unit


def follow_people(*, at: datetime.datetime) -> int:
    """Takes what is under way to where its person belongs today, or did on the last day of a year that is over. Gives
    how many went. Run twice it changes nothing more.

    It waits at the same body of the new place. Where that has no such bodies it passes those that are there, from the
    first; where nobody there judges at all, it stays.
    """
    gone = 0
    for year, day in _years(Dossier.objects.filter(state__in=Dossier.UNDER_WAY), at):
        for key in list(of_another_group(year, day).values_list("pk", flat=True)):
            gone += _regroup(key, day)
        for key in list(left_behind(year, day).values_list("pk", flat=True)):
            gone += _follow(key, day, at)
    return gone


def require_settled(dossiers: Iterable[int], at: datetime.datetime) -> None:
    """Raises RefusedError where one will go along with its person: the bodies of the old place decide no more."""
    keys = list(dossiers)
    for year, day in _years(Dossier.objects.filter(pk__in=keys), at):
        for dossier in left_behind(year, day).filter(pk__in=keys).select_related("person", "chain"):
            unit = unit_of(dossier.person, day)
            if unit is not None and unit.pk != dossier.unit_id and _take(dossier, unit, day):
                text = _("%(name)s belongs to “%(unit)s” by now: the dossier goes there within half an hour.")
                raise RefusedError(text % {"name": dossier.person.full_name, "unit": unit.name})


def _years(dossiers: DossierQuerySet[Dossier], at: datetime.datetime) -> Iterator[tuple[int, datetime.date]]:
    """With the day whose places count for the year."""
    for year in dossiers.order_by().values_list("year", flat=True).distinct():
        yield year, min(timezone.localdate(at), datetime.date(year, 12, 31))


@transaction.atomic
def _regroup(key: int, day: datetime.date) -> bool:
    held = Dossier.objects.select_for_update(of=("self",)).select_related("person")
    dossier = held.filter(pk=key).first()
    if dossier is None or not of_another_group(dossier.year, day).filter(pk=key).exists():
        return False  # written in meanwhile
    before = dossier.group
    if not choose_anew(dossier, day):
        return False
    log(instance=dossier, action="dossiers.follow", data={"before": before, "after": dossier.group})
    return True


@transaction.atomic
def _follow(key: int, day: datetime.date, at: datetime.datetime) -> bool:
    held = Dossier.objects.select_for_update(of=("self",)).select_related("person", "chain")
    dossier = held.filter(pk=key).first()
    if dossier is None or not left_behind(dossier.year, day).filter(pk=key).exists():
        return False  # erased or settled meanwhile
    unit, before = unit_of(dossier.person, day), dossier.unit_id
    if unit is None or unit.pk == before or not _take(dossier, unit, day):
        return False
    dossier.save(update_fields=["unit", "chain", "current_step", "current_unit"])
    log(instance=dossier, action="dossiers.follow", data={"before": before, "after": unit.pk})
    dossier_moved.send(sender=Dossier, dossier_id=dossier.pk, at=at)
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
