"""What pages say of seals: where an entry stands in the log, and whether what someone kept still holds."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from learning.evidence.ledger.log import consistency_proof, inclusion_proof, tree
from learning.evidence.ledger.verifier import (
    HEADER,
    NotProvenError,
    SignedCheckpoint,
    check,
    check_inclusion,
    require_consistent,
)
from learning.evidence.models import Checkpoint, Evidence, LedgerKey


@dataclass(frozen=True)
class Sealed:
    """An entry in the log; ``is_sound`` is what the proof said just now."""

    index: int
    checkpoint: Checkpoint
    digest: str
    steps: int
    is_sound: bool


@dataclass(frozen=True)
class Finding:
    is_sound: bool
    text: str
    proof: dict[str, Any] | None = None


def sealed(evidence: Evidence) -> Sealed | None:
    """None while the entry waits to be sealed."""
    proof = inclusion_proof(evidence)
    if proof is None:
        return None
    checkpoint = Checkpoint.objects.select_related("key").get(number=SignedCheckpoint.parse(proof["checkpoint"]).number)
    try:
        check_inclusion(proof, [_bytes(checkpoint.key)])
        is_sound = True
    except NotProvenError:
        is_sound = False
    return Sealed(proof["index"], checkpoint, proof["leaf"]["digest"], len(proof["path"]), is_sound)


def compared(old_number: int, new_number: int) -> Finding:
    """Whether one checkpoint of the register continues the other."""
    pair = sorted([old_number, new_number])
    found = list(Checkpoint.objects.filter(pk__in=pair).select_related("key").order_by("number"))
    if len(found) < len(set(pair)):
        return Finding(False, _("There is no checkpoint with this number."))
    old, new = found[0], found[-1]
    proof = consistency_proof(old, new)
    numbers = {"old": old.number, "new": new.number, "count": old.size}
    try:
        _require_continued(proof, _bytes(old.key), _bytes(new.key))
    except NotProvenError:
        return Finding(False, _("Checkpoint %(new)s does not continue checkpoint %(old)s.") % numbers, proof)
    text = _("Checkpoint %(new)s continues checkpoint %(old)s: its first %(count)s entries are the same.")
    return Finding(True, text % numbers, proof)


def looked_up(text: str) -> Finding:
    """Whether a kept checkpoint or proof holds, by its signature and against the log as it is now."""
    keys = [_bytes(key) for key in LedgerKey.objects.all()]
    try:
        check(text, keys)
        kept = SignedCheckpoint.parse(text) if text.lstrip().startswith(HEADER) else None
    except NotProvenError:
        return Finding(False, _("This does not hold: it was changed, is incomplete, or was not signed by this site."))
    return _against_log(kept) if kept else Finding(True, _("The proof holds: it is signed by this site."))


def _require_continued(proof: dict[str, Any], old_key: bytes, new_key: bytes) -> None:
    old, new = SignedCheckpoint.parse(proof["old"]), SignedCheckpoint.parse(proof["new"])
    old.require_signed_by(old_key)
    new.require_signed_by(new_key)
    require_consistent(old, new, [bytes.fromhex(step) for step in proof["path"]])


def _against_log(kept: SignedCheckpoint) -> Finding:
    numbers = {"number": kept.number, "count": kept.size}
    last = Checkpoint.objects.order_by("-number").first()
    if last is None or kept.size > last.size:
        text = _("The signature is ours, but the ledger lacks entries that checkpoint %(number)s counted.")
        return Finding(False, text % numbers)
    if tree().root(kept.size) != kept.root:
        text = _("The signature is ours, but the ledger's first %(count)s entries are no longer those that it sealed.")
        return Finding(False, text % numbers)
    return Finding(True, _("It holds: the first %(count)s entries of the ledger are those it sealed.") % numbers)


def _bytes(key: LedgerKey) -> bytes:
    return base64.b64decode(key.public_key)
