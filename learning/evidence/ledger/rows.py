"""Rows beside evidence (decisions, titles, reviews, merges …): whether each is sealed, and follows from what was."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from learning.evidence.ledger.findings import Findings
from learning.evidence.ledger.keys import is_later, key_of_later, keys_of, row_of
from learning.evidence.ledger.log import contents
from learning.evidence.ledger.queue import is_vouched
from learning.evidence.ledger.verifier import digest_of
from learning.evidence.models import Entry, Leaf, Salt, Unsealed
from learning.evidence.registries.seals import SEALED, Payload, SealedKind, comparisons, key_chunks

_CHUNK = 5000


def is_followed(leaf: Leaf) -> bool:
    """Whether the row was sealed anew since, or waits for it: then its leaf says what it said before."""
    own = _entries_of(SEALED[leaf.kind], row_of(leaf.entry_id), row_of(leaf.entry_id))
    return bool(_truly_waiting(own)) or Leaf.objects.filter(**own, index__gt=leaf.index).exists()


def look_through_rows(findings: Findings) -> None:
    """Names rows that nothing of the log is about, and what does not follow from what was sealed."""
    for kind in SEALED.values():
        if has_begun(kind.number):
            _name_unsealed(kind, findings)
        else:
            findings.unbegun.append(kind.key)
    for comparison in comparisons:
        findings.faults += comparison()


def not_as_sealed(key: str, rows: Sequence[int]) -> dict[int, str]:
    """Of the rows of a kind, those that are not what their latest entry sealed, with what is wrong. Rows that were
    never sealed or wait to be sealed anew are not among them."""
    kind = SEALED[key]
    own = _entries_of(kind, min(rows, default=0), max(rows, default=0))
    latest = {row_of(leaf.entry_id): leaf for leaf in Leaf.objects.filter(**own).order_by("index")}
    for entry in _truly_waiting(own):
        latest.pop(row_of(entry.entry_id), None)
    leaves = [latest[row] for row in rows if row in latest]
    salts = dict(Salt.objects.filter(pk__in=[leaf.entry_id for leaf in leaves]).values_list("pk", "value"))
    said = contents(leaves)
    return {
        row_of(leaf.entry_id): "was changed after it was sealed"
        for leaf in leaves
        if not is_as_sealed(leaf, said.get(leaf.entry_id), salts.get(leaf.entry_id))
    }


def is_as_sealed(leaf: Leaf, content: Payload | None, salt: Any) -> bool:
    return content is not None and salt is not None and digest_of(bytes(salt), content) == bytes(leaf.digest).hex()


def has_begun(number: int) -> bool:
    """Whether rows of the kind are sealed when they are written: an entry of the log says so, or waits to."""
    key = key_of_later(0, number)
    return Leaf.objects.filter(entry_id=key).exists() or Unsealed.objects.filter(pk=key).exists()


def openings() -> dict[str, datetime.datetime]:
    """By kind, when the log itself says that all which stood before had been taken up."""
    said = Leaf.objects.filter(kind=Entry.OPENING).values_list("entry_id", "recorded_at")
    moments = {row_of(key): moment for key, moment in said}
    return {kind.key: moments[kind.number] for kind in SEALED.values() if kind.number in moments}


def is_too_late(entry: Leaf | Unsealed, opened: Mapping[str, datetime.datetime]) -> bool:
    """Whether it was taken up as old although that was over. Who owns the database can hide the opening for a minute,
    and the site takes up what they put there; the moment at which it did is signed."""
    return is_later(entry.entry_id) and entry.recorded_at > opened.get(entry.kind, entry.recorded_at)


def rows_in_log(kind: SealedKind, first: int, last: int) -> set[int]:
    """Those of the rows from the first to the last that are sealed or wait for it."""
    own = _entries_of(kind, first, last)
    found = [*Leaf.objects.filter(**own).values_list("entry_id", flat=True)]
    found += Unsealed.objects.filter(**own).values_list("entry_id", flat=True)
    return {row_of(key) for key in found}


def _name_unsealed(kind: SealedKind, findings: Findings) -> None:
    for chunk in key_chunks(kind.rows(), _CHUNK):
        for row in sorted(set(chunk) - rows_in_log(kind, chunk[0], chunk[-1])):
            findings.add(f"{kind.key} {row}", "was never sealed: the site did not write it")


def _truly_waiting(own: dict[str, object]) -> list[Unsealed]:
    """Vouched for, and not in the log: a voucher that was used excuses nothing, whoever puts it back into the queue."""
    return [entry for entry in Unsealed.objects.not_in_log().filter(**own) if is_vouched(entry)]


def _entries_of(kind: SealedKind, first: int, last: int) -> dict[str, object]:
    return {"kind": kind.key, "entry_id__range": keys_of(kind.number, first, last)}
