"""From an issued decision to one in effect: the signed copy is handed in, a second officer says whether it shows what
was issued, and then each dossier is decided and each person has their title. Until then it can be withdrawn."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions import recognise_many, verdict_of
from evaluation.dossiers.models import Dossier
from evaluation.recognition import notices
from evaluation.recognition.actions.decisions import locked, refuse_problems
from evaluation.recognition.models import Decision, SignedCopy, Title, Way, private_files
from evaluation.recognition.readiness import with_scores
from evaluation.recognition.seals import DECISION, TITLE
from interface.vietnamese import nfc
from learning.evidence.actions import await_sealing
from learning.evidence.files import Upload
from membership.models import User
from membership.policy import Action, require
from papers.codes import new_code


@transaction.atomic
def hand_in(*, decision: Decision, upload: Upload, by: User, at: datetime.datetime) -> SignedCopy:
    """The scan of the decision as it was signed on paper. Idempotent: the same file handed in again is the first."""
    decision = locked(decision)
    require(by, Action.RECOGNISE, decision.unit)
    standing = decision.copies.filter(refusal="").first()
    if standing is not None and standing.sha256 == upload.sha256:
        return standing
    refuse_other_states(decision)
    refuse_second(standing)
    refuse_own(decision, by)
    return keep_copy(decision, Way.PAPER, upload, by, at)


@transaction.atomic
def confirm(*, copy: SignedCopy, by: User, at: datetime.datetime) -> Decision:
    """A second officer says that the copy shows these names, this number and this day: the decision takes effect, each
    dossier is decided and each person has their title. Idempotent: in effect already, nothing happens.

    Raises ValidationError naming each against whom something stands by now.
    """
    decision, copy = _locked_with(copy)
    require(by, Action.RECOGNISE, decision.unit)
    if decision.is_in_effect:
        return decision
    _refuse_judging(decision, copy, by)
    dossiers = with_scores(decision.lines.values_list("dossier_id", flat=True))
    refuse_problems(dossiers, decision.unit, decision.year, by, at)
    copy.judged_by, copy.judged_at = by, at
    copy.save(update_fields=["judged_by", "judged_at"])
    take_effect(decision, copy, dossiers, by, at)
    return decision


@transaction.atomic
def refuse(*, copy: SignedCopy, reason: str, by: User, at: datetime.datetime) -> SignedCopy:
    """A second officer says why the copy does not show the decision: it waits for another. Idempotent."""
    decision, copy = _locked_with(copy)
    require(by, Action.RECOGNISE, decision.unit)
    if copy.refusal:
        return copy
    _refuse_judging(decision, copy, by)
    if not nfc(reason):
        raise ValidationError(_("Say why the copy is refused."))
    copy.judged_by, copy.judged_at, copy.refusal = by, at, nfc(reason)
    _let_go(copy.file.storage, copy.file.name)
    copy.file = ""
    copy.save(update_fields=["judged_by", "judged_at", "refusal", "file"])
    log(instance=decision, action="recognition.refuse_copy", user=by, data={"copy": copy.pk})
    return copy


@transaction.atomic
def withdraw(*, decision: Decision, reason: str, by: User, at: datetime.datetime) -> Decision:
    """Takes back what was issued and is not in effect: its dossiers can stand on another list, its number is free
    again, its files go. Idempotent: the first reason stays."""
    decision = locked(decision)
    require(by, Action.RECOGNISE, decision.unit)
    if decision.is_withdrawn:
        return decision
    refuse_other_states(decision)
    if not nfc(reason):
        raise ValidationError(_("Say why the decision is withdrawn."))
    dossiers = list(decision.lines.order_by("dossier").values_list("dossier_id", flat=True))
    decision.lines.all().delete()
    for name in [decision.paper.name, *decision.copies.exclude(file="").values_list("file", flat=True)]:
        _let_go(private_files(), name)
    decision.copies.update(file="")
    decision.withdrawn_at, decision.withdrawn_by, decision.withdrawn_reason = at, by, nfc(reason)
    decision.paper = ""
    decision.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "paper"])
    await_sealing(kind=DECISION.key, rows=[decision.pk], at=at)
    log(instance=decision, action="recognition.withdraw", user=by, data={"dossiers": dossiers})
    return decision


def keep_copy(
    decision: Decision, way: Way, upload: Upload, by: User, at: datetime.datetime, signers: Sequence[Any] = ()
) -> SignedCopy:
    copy = SignedCopy(
        decision=decision, way=way, content_type=upload.content_type, sha256=upload.sha256,
        handed_in_at=at, handed_in_by=by, signers=list(signers),
    )  # fmt: skip
    copy.file.save(f"{decision.pk}{upload.ending}", upload.content, save=False)
    copy.save()
    log(instance=decision, action="recognition.hand_in", user=by, data={"copy": copy.pk, "sha256": copy.sha256})
    return copy


def take_effect(decision: Decision, copy: SignedCopy, dossiers: list[Dossier], by: User, at: datetime.datetime) -> None:
    decision.effective_at, decision.way = at, copy.way
    decision.save(update_fields=["effective_at", "way"])
    _give_titles(decision, dossiers, by, at)
    log(instance=decision, action="recognition.confirm", user=by, data={"copy": copy.pk, "titles": len(dossiers)})


def refuse_second(standing: SignedCopy | None) -> None:
    if standing is not None:
        raise ValidationError(_("A signed copy is waiting for a second officer. They confirm or refuse it first."))


def _locked_with(copy: SignedCopy) -> tuple[Decision, SignedCopy]:
    decision = locked(copy.decision)
    return decision, SignedCopy.objects.get(pk=copy.pk)


def refuse_other_states(decision: Decision) -> None:
    if not decision.is_awaiting:
        raise ValidationError(_("This decision is not waiting for its signature."))


def refuse_own(decision: Decision, by: User) -> None:
    own = Q(dossier__person=by.person_id) | Q(dossier__person__merged_into=by.person_id)
    if by.person_id and decision.lines.filter(own).exists():
        raise ValidationError(_("You stand on this list yourself: another officer does this."))


def _refuse_judging(decision: Decision, copy: SignedCopy, by: User) -> None:
    refuse_other_states(decision)
    if copy.refusal:
        raise ValidationError(_("This copy was refused; another is to be handed in."))
    if by.pk == copy.handed_in_by_id or (by.person and _identity(by) == _identity(copy.handed_in_by)):
        raise ValidationError(_("You handed in this copy yourself: a second officer of the body looks at it."))
    refuse_own(decision, by)


def _identity(user: User) -> int | None:
    """Of two accounts whose records were merged the same."""
    return user.person.identity_id if user.person else None


def _let_go(storage: Storage, name: str | None) -> None:
    if name:
        transaction.on_commit(partial(storage.delete, name))


def _give_titles(decision: Decision, dossiers: list[Dossier], by: User, at: datetime.datetime) -> None:
    lines = {line.dossier_id: line for line in decision.lines.all()}
    titles = [
        Title(
            decision=decision,
            dossier=dossier,
            name=line.name,
            place=line.place,
            unit_id=dossier.unit_id,
            person=dossier.person,
            identity_id=dossier.person.identity_id,
            year=decision.year,
            number=f"{line.position:02d}-{decision.number}",
            code=new_code(),
            total=verdict_of(dossier, list(dossier.scores.all())).total,
        )
        for line, dossier in sorted(((lines[one.pk], one) for one in dossiers), key=lambda pair: pair[0].position or 0)
    ]
    recognise_many(dossiers=[dossier.pk for dossier in dossiers], by=by, at=at)
    given = Title.objects.bulk_create(titles, batch_size=500)
    await_sealing(kind=DECISION.key, rows=[decision.pk], at=at)
    await_sealing(kind=TITLE.key, rows=[title.pk for title in given], at=at)
    notices.awarded(titles=given, at=at)
