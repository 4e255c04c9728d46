"""A statement about a statement is found by what finds the other one too, whichever came first."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from learning.tracking.actions.statement_rows import add_terms
from learning.tracking.models import Statement
from learning.tracking.xapi.storing import NewStatement
from learning.tracking.xapi.terms import terms_of

# Statements about statements about statements: nobody means a longer chain.
_LONGEST = 8

Known = dict[UUID, tuple[set[UUID], UUID | None]]


def inherit_terms(rows: Sequence[NewStatement]) -> None:
    """Adds the terms of what each row refers to, through the whole chain."""
    if all(row.target_id is None for row in rows):
        return
    known: Known = {row.id: (row.terms, row.target_id) for row in rows}
    wanted = {row.target_id for row in rows if row.target_id} - known.keys()
    for _step in range(_LONGEST):
        if not wanted:
            break
        found = Statement.objects.filter(pk__in=wanted).only("id", "body", "target_id")
        reached: Known = {one.pk: (terms_of(one.body), one.target_id) for one in found}
        known |= reached
        wanted = {target for _terms, target in reached.values() if target} - known.keys()
    for row in rows:
        row.terms = row.terms.union(*_chain(row.target_id, known))


def pass_terms_on(new: Sequence[NewStatement]) -> None:
    """Gives the terms of new statements to those that referred to them before they came."""
    carried = {row.id: row.terms for row in new}
    seen = set(carried)
    for _step in range(_LONGEST):
        referring = [one for one in _referring_to(carried) if one.pk not in seen]
        if not referring:
            return
        add_terms((one, carried[one.target_id]) for one in referring if one.target_id)
        carried = {one.pk: carried[one.target_id] for one in referring if one.target_id}
        seen |= carried.keys()


def _referring_to(carried: dict[UUID, set[UUID]]) -> list[Statement]:
    return list(Statement.objects.filter(target_id__in=list(carried)).only("id", "stored", "target_id"))


def _chain(target: UUID | None, known: Known) -> list[set[UUID]]:
    chain: list[set[UUID]] = []
    for _step in range(_LONGEST):
        if target is None or target not in known:
            break
        terms, target = known[target]
        chain.append(terms)
    return chain
