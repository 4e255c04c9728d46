"""Opening a year's dossier, and loading the review chains."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.actions.evidence import rescore, suggest_anew
from evaluation.dossiers.actions.guards import RefusedError, refusals_noted, require_consenting
from evaluation.dossiers.bodies import chain_for
from evaluation.dossiers.models import Dossier, IndicatorScore, ReviewChain, ReviewStep
from membership.belonging import group_of, unit_of
from membership.models import Person, TargetGroup, Unit, User
from membership.policy import Action, may, require

SAMPLE_CHAINS = Path(__file__).parent.parent / "data" / "quy-trinh-mau.toml"


@refusals_noted
def open_dossier(*, person: Person, year: int, by: User, at: datetime.datetime) -> Dossier:
    """The person's dossier of the year, with a row for each indicator and what their evidence suggests.

    Unit, group, criteria and chain are those of the day, or of the year's last day once the year is over.
    Idempotent: an open dossier is returned as it is; where the title of the last one was revoked, a new one is opened.
    Raises RefusedError where something needed is missing.
    """
    require_consenting(person)
    standing = Dossier.objects.standing().filter(person=person, year=year).first()
    if standing is not None:
        _require_opener(person, standing.unit, by, at)
        return standing
    day = _day_of(year, at)
    unit = unit_of(person, day)
    if unit is None:
        raise RefusedError(_("You belong to no unit in this year. Ask your chapter or commune association to add you."))
    is_assisted = _require_opener(person, unit, by, at)
    dossier, is_new = _make(person, year, unit, day, at)
    if is_new:
        if is_assisted:
            dossier.is_assisted, dossier.assisted_by = True, by
            dossier.save(update_fields=["is_assisted", "assisted_by"])
        rescore(dossier=dossier, at=at)
        log(instance=dossier, action="dossiers.open", user=by, data={"person": person.pk, "year": year})
    return dossier


def choose_anew(dossier: Dossier, day: datetime.date) -> bool:
    """Unit, group, criteria and chain of the day, for one in which nothing was written; whether there are any. The
    caller holds the row."""
    unit = unit_of(dossier.person, day) or dossier.unit
    if not (chosen := _chosen(dossier.person, unit, day)):
        return False
    dossier.scores.all().delete()
    for name, value in chosen.items():
        setattr(dossier, name, value)
    dossier.save(update_fields=[*chosen])
    _lay_scores(dossier)
    suggest_anew(dossier)
    return True


@transaction.atomic
def load_chains(*, by: User | None, at: datetime.datetime, path: Path = SAMPLE_CHAINS) -> list[ReviewChain]:
    """The file's review chains, each for its target groups; returns what was new. Idempotent by name, group and
    first day. ``by`` is None at set-up."""
    if by is not None:
        require(by, Action.MANAGE_CRITERIA)
    loaded = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["chains"]:
        for group in row["groups"]:
            chain, is_new = ReviewChain.objects.get_or_create(
                name=row["name"],
                group=TargetGroup(group),
                valid_from=row["valid_from"],
                defaults={"preference": row["preference"]},
            )
            if not is_new:
                continue
            ReviewStep.objects.bulk_create(
                ReviewStep(chain=chain, order=order, **step) for order, step in enumerate(row["steps"], start=1)
            )
            log(instance=chain, action="dossiers.load_chain", user=by, data={"group": group})
            loaded.append(chain)
    return loaded


def _day_of(year: int, at: datetime.datetime) -> datetime.date:
    today = timezone.localdate(at)
    if year > today.year:
        raise RefusedError(_("The year %(year)s has not begun.") % {"year": year})
    return min(today, datetime.date(year, 12, 31))


def _require_opener(person: Person, unit: Unit, by: User, at: datetime.datetime) -> bool:
    if by.person_id == person.pk:
        return False
    if not may(by, Action.ASSIST, unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only the person, or an officer who assists them, opens their dossier."))
    return True


def _make(person: Person, year: int, unit: Unit, day: datetime.date, at: datetime.datetime) -> tuple[Dossier, bool]:
    chosen = _chosen(person, unit, day)
    if not chosen:
        raise RefusedError(_("No criteria or no review chain holds yet for your group in your unit."))
    dossier, is_new = Dossier.objects.standing().get_or_create(
        person=person,
        year=year,
        defaults=chosen | {"opened_at": at},
    )
    if is_new:
        _lay_scores(dossier)
    return dossier, is_new


def _chosen(person: Person, unit: Unit, day: datetime.date) -> dict[str, Any]:
    """Empty where no criteria or no chain holds."""
    group = group_of(person, day)
    criteria_set, chain = CriteriaSet.objects.for_person(group, unit, day), chain_for(group, unit, day)
    if criteria_set is None or chain is None:
        return {}
    return {"unit": unit, "group": group, "criteria_set": criteria_set, "chain": chain}


def _lay_scores(dossier: Dossier) -> None:
    indicators = dossier.criteria_set.indicators.all()
    IndicatorScore.objects.bulk_create(IndicatorScore(dossier=dossier, indicator=one) for one in indicators)
