"""What happens to titles afterwards: revoked, moved with a merged record, erased with a person."""

import datetime
from itertools import chain, pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions import mark_revoked
from evaluation.dossiers.models import Dossier
from evaluation.recognition import notices
from evaluation.recognition.actions.printing import drop_files_naming
from evaluation.recognition.models import DecisionLine, GroupingMember, Title
from evaluation.recognition.seals import TITLE
from interface.vietnamese import nfc
from learning.evidence.actions import await_sealing, seal_without_words
from membership.actions import person_title
from membership.models import Person, PossibleDouble, User
from membership.policy import Action, require
from papers.codes import new_code


@transaction.atomic
def revoke(*, title: Title, reason: str, by: User, at: datetime.datetime) -> Title:
    """Takes a title back, with a reason that anyone who verifies it reads. Idempotent: the first reason stays."""
    title = Title.objects.select_for_update(of=("self",)).select_related("decision__unit", "dossier").get(pk=title.pk)
    require(by, Action.RECOGNISE, title.decision.unit)
    if title.is_revoked:
        return title
    if title.person_id == by.person_id:
        raise ValidationError(_("Nobody can decide on their own title."))
    if not nfc(reason):
        raise ValidationError(_("Say why the title is revoked."))
    title.revoked_at, title.revoked_by, title.revoked_reason = at, by, nfc(reason)
    title.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    if title.dossier:
        mark_revoked(dossier=title.dossier, at=at)
    await_sealing(kind=TITLE.key, rows=[title.pk], at=at)
    notices.revoked(title=title, at=at)
    log(instance=title, action="recognition.revoke", user=by, data={"decision": title.decision_id})
    return title


def move_titles(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """Part of merging two records of one person: titles go along, revoked ones too. The merge writes the log.

    Raises ValidationError where both hold a title of one year that stands, and for a title to which the person
    themselves, as an officer, came to judge the other record.
    """
    _refuse_own_judgement(duplicate, into)
    _refuse_two_of_a_year(duplicate, into)
    Title.objects.filter(identity=duplicate).update(identity=into)
    moving = list(duplicate.titles.values_list("pk", flat=True))
    Title.objects.filter(pk__in=moving).update(person=into)
    await_sealing(kind=TITLE.key, rows=moving, at=at)


def _refuse_own_judgement(duplicate: Person, into: Person) -> None:
    records = [duplicate, into]
    judged = Dossier.objects.filter(title__person__in=records).judged_by_records(records)
    for title in Title.objects.standing().filter(person__in=records, dossier__in=judged):
        raise ValidationError(
            _("This person judged the dossier behind title %(number)s, which would be their own: revoke it first.")
            % {"number": title.number}
        )


def _refuse_two_of_a_year(duplicate: Person, into: Person) -> None:
    held = Title.objects.standing().filter(identity__in=[duplicate, into]).select_related("decision")
    for one, other in pairwise(held.order_by("year", "pk")):
        if one.year == other.year:
            raise ValidationError(
                _(
                    "Both records hold the title of %(year)s: %(one)s (decision %(first)s) and %(other)s (decision "
                    "%(second)s). Have whoever recognises revoke one of them first; then merge the records."
                )
                % {"year": one.year, "one": one.number, "first": one.decision.number,
                   "other": other.number, "second": other.decision.number}
            )  # fmt: skip


@transaction.atomic
def erase_titles(*, person_ids: list[int], at: datetime.datetime) -> None:
    """Part of an erasure: titles go on counting, the codes on their papers lead nowhere any more, and no group that
    learns lists the person."""
    drop_files_naming(person_ids)
    GroupingMember.objects.filter(person_id__in=person_ids).delete()
    _erase_reasons(person_ids)
    _erase_names(person_ids)
    titles = list(Title.objects.filter(person_id__in=person_ids).select_related("person"))
    for title in titles:
        title.code, title.name = new_code(), person_title(title.person)
        title.revoked_reason = "—" if title.revoked_reason else ""
        title.save(update_fields=["code", "name", "revoked_reason"])
    seal_without_words(kind=TITLE.key, rows=[title.pk for title in titles], at=at)


def _erase_names(person_ids: list[int]) -> None:
    """From the lists that were issued; of their files only what was signed keeps them."""
    for person in Person.objects.filter(pk__in=person_ids):
        named = DecisionLine.objects.filter(dossier__person=person).exclude(name="")
        named.update(name=person_title(person))


def _erase_reasons(person_ids: list[int]) -> None:
    """One text stands beside all of a decision who may be on record twice, and may speak of each and of their pairs."""
    pairs = PossibleDouble.objects.of_people(person_ids).values_list("one", "other")
    told = DecisionLine.objects.exclude(despite_double="")
    about = told.filter(dossier__person__in={*person_ids, *chain.from_iterable(pairs)})
    told.filter(decision__in=list(about.values_list("decision", flat=True))).update(despite_double="—")
