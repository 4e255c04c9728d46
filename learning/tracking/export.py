"""What a person takes along of what activities reported: statements and documents as JSON."""

from __future__ import annotations

import base64
from typing import Any

from learning.tracking.identities import identities_of
from learning.tracking.models import Document, Statement, StatementTerm
from learning.tracking.xapi.errors import RefusedError
from learning.tracking.xapi.requests import parse_json
from learning.tracking.xapi.terms import RELATED_AGENT, term
from membership.models import Person


def records_part(person: Person) -> dict[str, Any]:
    """Also those of records merged into the person's."""
    people = [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]
    terms = {term(RELATED_AGENT, one) for one in identities_of(people)}
    named = StatementTerm.objects.filter(term__in=terms).values_list("statement_id", flat=True)
    keys = {*named, *Statement.objects.filter(person_id__in=people).values_list("pk", flat=True)}
    statements = Statement.objects.filter(pk__in=keys).order_by("stored", "pk")
    documents = Document.objects.filter(person_id__in=people).order_by("kind", "activity", "document_id")
    return {
        "statements": list(statements.values_list("body", flat=True)),
        "activity_documents": [_document(document) for document in documents],
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "activity": document.activity,
        "id": document.document_id,
        "updated_at": document.updated_at,
        "content_type": document.content_type,
        "content": _content(document),
    }


def _content(document: Document) -> Any:
    content = bytes(document.content)
    try:
        return parse_json(content)
    except RefusedError:
        return {"base64": base64.b64encode(content).decode()}
