"""Titles of earlier years, from the register or from paper: with the decision that gave them, and labelled so."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.models import Dossier
from evaluation.recognition import notices
from evaluation.recognition.models import Decision, Title, Way
from evaluation.recognition.seals import DECISION, TITLE
from learning.evidence.actions import await_sealing
from membership.models import Person, Unit, User
from membership.policy import Action, require
from papers.codes import new_code


@dataclass(frozen=True)
class EarlierDecision:
    """A decision as its paper says it; ``issuer`` where the body of then is called otherwise than ``unit``, which
    recognises there now."""

    unit: Unit
    year: int
    number: str
    signed_on: datetime.date
    signer_name: str
    signer_title: str
    issuer: str = ""


@transaction.atomic
def enter_earlier(*, about: EarlierDecision, people: Mapping[int, str], by: User, at: datetime.datetime) -> Decision:
    """``people`` by key, each with the number of their certificate, which follows from the decision's where none is
    given. Idempotent: the same decision again takes in who is new, and leaves the others as they are.

    Raises ValidationError as ``refuse_decision`` does, for anybody whom ``against`` names, and where a certificate's
    number would stand twice.
    """
    require(by, Action.RECOGNISE, about.unit)
    Unit.objects.select_for_update().get(pk=about.unit.pk)
    refuse_decision(about, timezone.localdate(at))
    decision = _kept(about, by, at)
    there = set(decision.titles.values_list("identity", flat=True))
    new = {key: number for key, number in people.items() if key not in there}
    for reason in against(list(new), about.year, by).values():
        raise ValidationError(reason)
    homes = _homes(list(new), about, timezone.localdate(at))
    named = Person.objects.in_bulk(list(homes))
    titles = [
        Title(
            decision=decision, person=named[key], identity=named[key], name=named[key].full_name, unit=homes[key],
            place=homes[key].name, year=decision.year,
            number=number or f"{place:02d}-{decision.number}", code=new_code(),
        )
        for place, (key, number) in enumerate(new.items(), start=len(there) + 1)
        if key in homes
    ]  # fmt: skip
    _refuse_numbers(decision, titles)
    _keep(decision, Title.objects.bulk_create(titles, batch_size=500), by, at)
    return decision


def refuse_decision(about: EarlierDecision, today: datetime.date) -> None:
    """Raises ValidationError where titles cannot come in by this decision: those of a year that is not over, or on
    which the unit decided here, are given by dossiers."""
    if about.year >= today.year:
        raise ValidationError(_("Only titles of years that are over come in by file."))
    if about.signed_on.year < about.year or about.signed_on > today:
        raise ValidationError(_("The decision cannot be signed before the year of its titles, nor after today."))
    decided = Decision.objects.filter(unit=about.unit, year=about.year, withdrawn_at=None)
    if decided.exclude(way=Way.EARLIER).exists():
        raise ValidationError(
            _("On %(year)s %(unit)s has decided here: titles of that year are given by dossiers.")
            % {"year": about.year, "unit": about.unit.name}
        )
    numbered = Decision.objects.filter(unit=about.unit, number=about.number, register_year=about.signed_on.year)
    same = {"way": Way.EARLIER, "year": about.year, "signed_on": about.signed_on, "issuer": about.issuer}
    if numbered.filter(withdrawn_at=None).exclude(**same).exists():
        raise ValidationError(_("A decision of this number stands in the register with another year, day or body."))


def against(people: Collection[int], year: int, by: User) -> dict[int, str]:
    """Of these people, by key, why no title of that year can be entered. Two queries."""
    dossiers = Dossier.objects.filter(year=year, person__in=people)
    counting = dossiers.exclude(state__in=[Dossier.State.SET_ASIDE, Dossier.State.REVOKED])
    found = {key: _("Has a dossier of that year here") for key in counting.values_list("person", flat=True)}
    found |= {key: _("Holds a title of that year already") for key in Title.objects.holders(year, people)}
    if by.person_id and by.person_id in people:
        found[by.person_id] = _("Yourself: another officer enters your title")
    return found


def _kept(about: EarlierDecision, by: User, at: datetime.datetime) -> Decision:
    told = {"year": about.year, "signed_on": about.signed_on, "issuer": about.issuer}
    signed = {"signer_name": about.signer_name, "signer_title": about.signer_title}
    state = {"created_by": by, "created_at": at, "issued_at": at, "effective_at": at, "way": Way.EARLIER}
    decision, _is_new = Decision.objects.get_or_create(
        unit=about.unit,
        number=about.number,
        register_year=about.signed_on.year,
        withdrawn_at=None,
        defaults={**told, **signed, **state},
    )
    return decision


def _homes(people: Collection[int], about: EarlierDecision, today: datetime.date) -> dict[int, Unit]:
    """By person the unit where they belonged at the end of that year; lacking one within the unit, today's."""
    within = Unit.objects.filter(path__startswith=about.unit.path).values("pk")
    found: dict[int, int] = {}
    for day in (today, datetime.date(about.year, 12, 31)):
        belonging: Any = Person.objects.filter(pk__in=people).home_unit_on(day)
        found |= dict(belonging.filter(home_unit_id__in=within).values_list("pk", "home_unit_id"))
    units = Unit.objects.in_bulk(set(found.values()))
    return {person: units[home] for person, home in found.items()}


def _refuse_numbers(decision: Decision, titles: Sequence[Title]) -> None:
    numbers = [title.number for title in titles]
    if len(set(numbers)) < len(numbers) or decision.titles.filter(number__in=numbers).exists():
        raise ValidationError(_("Two certificates of one decision cannot have the same number."))


def _keep(decision: Decision, titles: Sequence[Title], by: User, at: datetime.datetime) -> None:
    if titles:
        await_sealing(kind=DECISION.key, rows=[decision.pk], at=at)
        await_sealing(kind=TITLE.key, rows=[title.pk for title in titles], at=at)
        notices.entered(titles=titles, at=at)
        told = [title.person_id for title in titles]
        log(instance=decision, action="recognition.enter_earlier", user=by, data={"people": told})
