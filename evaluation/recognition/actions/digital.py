"""A digitally signed decision takes effect by its signatures. Apart from the other actions, so that only who takes one
in loads what reads signatures."""

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
from evaluation.recognition.refusals import SignatureRefusedError
from evaluation.recognition.revocation import Trust
from evaluation.recognition.signatures import Signed, Signer, verified
from interface.vietnamese import fold
from learning.evidence.files import Upload
from membership.models import User
from membership.policy import Action, require


@transaction.atomic
def hand_in_signed(*, decision: Decision, upload: Upload, trust: Trust, by: User, at: datetime.datetime) -> Decision:
    """The issued file with digital signatures, one of them of whom the decision names: it takes effect, since all that
    a second officer would compare is proven. Idempotent: in effect by the same file, nothing happens.

    Raises ValidationError saying what is wrong with the file, or naming each against whom something stands by now.
    """
    decision = locked(decision)
    require(by, Action.RECOGNISE, decision.unit)
    standing = decision.copies.filter(refusal="").first()
    if decision.is_in_effect and standing is not None and standing.sha256 == upload.sha256:
        return decision
    refuse_other_states(decision)
    refuse_second(standing)
    refuse_own(decision, by)
    signed = _read_signed(decision, upload, trust, at)
    dossiers = with_scores(decision.lines.values_list("dossier_id", flat=True))
    refuse_problems(dossiers, decision.unit, decision.year, by, at)
    copy = keep_copy(decision, Way.DIGITAL, upload, by, at, [_told(signer) for signer in signed.signers])
    take_effect(decision, copy, dossiers, by, at)
    return decision


def _read_signed(decision: Decision, upload: Upload, trust: Trust, at: datetime.datetime) -> Signed:
    with decision.paper.open("rb") as paper:
        issued = paper.read()
    upload.content.seek(0)
    try:
        signed = verified(issued, upload.content.read(), trust, at)
    except SignatureRefusedError as refused:
        raise ValidationError(str(refused)) from refused
    finally:
        upload.content.seek(0)
    names = [signer.name for signer in signed.signers]
    if fold(decision.signer_name) not in map(fold, names):
        said = _("%(signer)s, whom the decision names, has not signed; signed by: %(names)s.")
        raise ValidationError(said % {"signer": decision.signer_name, "names": ", ".join(names)})
    return signed


def _told(signer: Signer) -> dict[str, Any]:
    return asdict(signer) | {"signed_at": signer.signed_at.isoformat() if signer.signed_at else ""}
