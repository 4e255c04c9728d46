"""A digitally signed decision takes effect by its signatures, or waits for a second officer. Apart from the other
actions, so that only who takes one in loads what reads signatures."""

import datetime
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.recognition.actions.decisions import locked, refuse_problems
from evaluation.recognition.actions.effect import (
    keep_copy,
    refuse_other_states,
    refuse_own,
    refuse_second,
    take_effect,
)
from evaluation.recognition.models import Decision, Way
from evaluation.recognition.readiness import with_scores
from evaluation.recognition.refusals import Reason, SignatureRefusedError
from evaluation.recognition.revocation import Trust
from evaluation.recognition.signatures import Signed, Signer, verified, verified_apart
from evaluation.recognition.wording import WordsDifferError, compare
from interface.vietnamese import fold
from learning.evidence.files import Upload
from membership.models import User
from membership.policy import Action, require


@transaction.atomic
def hand_in_signed(*, decision: Decision, upload: Upload, trust: Trust, by: User, at: datetime.datetime) -> Decision:
    """The decision with digital signatures, one of them of whom it names. The issued file takes effect at once, since
    all that a second officer would compare is proven; another file that says the same waits for that officer.
    Idempotent: the same file a second time, nothing happens.

    Raises ValidationError saying what is wrong with the file, or naming each against whom something stands by now.
    """
    decision = locked(decision)
    require(by, Action.RECOGNISE, decision.unit)
    standing = decision.copies.filter(refusal="").first()
    if standing is not None and standing.sha256 == upload.sha256 and not decision.is_withdrawn:
        return decision
    refuse_other_states(decision)
    refuse_second(standing)
    refuse_own(decision, by)
    way, signed = _read_signed(decision, upload, trust, at)
    copy = keep_copy(decision, way, upload, by, at, [_told(signer) for signer in signed.signers])
    if way == Way.DIGITAL:
        dossiers = with_scores(decision.lines.values_list("dossier_id", flat=True))
        refuse_problems(dossiers, decision.unit, decision.year, by, at)
        take_effect(decision, copy, dossiers, by, at)
    return decision


def _read_signed(decision: Decision, upload: Upload, trust: Trust, at: datetime.datetime) -> tuple[Way, Signed]:
    with decision.paper.open("rb") as paper:
        issued = paper.read()
    upload.content.seek(0)
    try:
        way, signed = _verified(issued, upload.content.read(), trust, at)
    except (SignatureRefusedError, WordsDifferError) as refused:
        raise ValidationError(str(refused)) from refused
    finally:
        upload.content.seek(0)
    names = [signer.name for signer in signed.signers]
    if fold(decision.signer_name) not in map(fold, names):
        said = _("%(signer)s, whom the decision names, has not signed; signed by: %(names)s.")
        raise ValidationError(said % {"signer": decision.signer_name, "names": ", ".join(names)})
    return way, signed


def _verified(issued: bytes, handed_in: bytes, trust: Trust, at: datetime.datetime) -> tuple[Way, Signed]:
    """A file of its own is read only once its signatures hold, and compared word for word."""
    try:
        return Way.DIGITAL, verified(issued, handed_in, trust, at)
    except SignatureRefusedError as refused:
        if refused.reason != Reason.OTHER_PAPER:
            raise
        other = refused
    try:
        signed = verified_apart(handed_in, trust, at)
    except SignatureRefusedError as refused:
        raise (other if refused.reason == Reason.UNSIGNED else refused) from refused
    compare(issued, handed_in)
    return Way.TEXT, signed


def _told(signer: Signer) -> dict[str, Any]:
    return asdict(signer) | {"signed_at": signer.signed_at.isoformat() if signer.signed_at else ""}
