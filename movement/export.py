"""What a person takes along: what they proposed, and what came of it."""

from typing import Any

from membership.models import Person
from movement.models import Proposal


def proposals_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    return {"proposals": [_told(one) for one in Proposal.objects.for_own(person)]}


def _told(proposal: Proposal) -> dict[str, Any]:
    entries = [*proposal.entries.all(), *(proposal.joined_to.entries.all() if proposal.joined_to else ())]
    return {
        "kind": proposal.kind,
        "title": proposal.title,
        "text": proposal.text,
        "unit": proposal.unit.name,
        "state": proposal.state,
        "filed_at": proposal.filed_at,
        "entries": [
            {"act": one.act, "words": one.words, "number": one.number, "dated": one.dated, "at": one.at}
            for one in entries
        ],
    }
