"""What a person takes along of their learning: courses, plays with their results, statements, documents, own notes, as
JSON."""

from __future__ import annotations

import base64
from typing import Any

from django.db.models import F

from learning.tracking.actions.erasing import identities_of
from learning.tracking.models import (
    Document,
    Enrolment,
    Launch,
    LearnerAlias,
    Note,
    Play,
    Statement,
    StatementTerm,
    WeeklyGoal,
)
from learning.tracking.xapi.formats import RefusedError
from learning.tracking.xapi.strict_json import parse_json
from learning.tracking.xapi.terms import RELATED_AGENT, term
from membership.models import Person


def records_part(person: Person) -> dict[str, Any]:
    """Also those of records merged into the person's."""
    people = list(Person.objects.records_of(person).values_list("pk", flat=True))
    terms = {term(RELATED_AGENT, one) for one in identities_of(people)}
    named = StatementTerm.objects.filter(term__in=terms).values_list("statement_id", flat=True)
    keys = {*named, *Statement.objects.filter(person_id__in=people).values_list("pk", flat=True)}
    statements = Statement.objects.filter(pk__in=keys).order_by("stored", "pk")
    documents = Document.objects.filter(person_id__in=people).order_by("kind", "activity", "document_id")
    enrolments = Enrolment.objects.filter(person_id__in=people).order_by("enrolled_at", "pk")
    plays = Play.objects.filter(enrolment__person_id__in=people).prefetch_related("results", "states")
    launches = Launch.objects.filter(person_id__in=people).order_by("started_at", "pk")
    return {
        "courses": [_course(enrolment) for enrolment in enrolments.prefetch_related("steps", "certificates")],
        "plays": [_play(play) for play in plays.order_by("started_at", "pk")],
        "statements": list(statements.values_list("body", flat=True)),
        "activity_documents": [_document(document) for document in documents],
        "launches": list(launches.values("activity", "registration", "started_at", "expires_at", "ended_at")),
        **_own(people),
        "names_in_statements": list(LearnerAlias.objects.filter(person_id__in=people).values_list("name", flat=True)),
    }


def _own(people: list[int]) -> dict[str, Any]:
    """What they wrote down for themselves, and the goal they set."""
    notes = Note.objects.filter(enrolment__person_id__in=people).order_by("made_at", "pk")
    said = ("part_title", "passage", "text", "made_at", "changed_at")
    goals = WeeklyGoal.objects.filter(person_id__in=people)
    return {
        "notes": list(notes.values(*said, course=F("enrolment__course_title"), lesson=F("step_title"))),
        "weekly_goal": list(goals.values("days", "set_at")),
    }


def _course(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "title": enrolment.course_title,
        "enrolled_at": enrolment.enrolled_at,
        "completed_at": enrolment.completed_at,
        "certificates": [
            {"code": one.code, "issued_at": one.issued_at, "revoked_at": one.revoked_at}
            for one in enrolment.certificates.all()
        ],
        "steps": [
            {
                "title": step.step_title,
                "started_at": step.started_at,
                "visited_at": step.visited_at,
                "read_as_far_as": step.part,
                "completed_at": step.completed_at,
                "score": step.score,
            }
            for step in sorted(enrolment.steps.all(), key=lambda step: (step.started_at, step.pk))
        ],
    }


def _play(play: Play) -> dict[str, Any]:
    """What was kept is as the content wrote it."""
    return {
        "registration": play.pk,
        "title": play.activity_title,
        "started_at": play.started_at,
        "finished_at": play.finished_at,
        "best": play.best,
        "results": [
            {
                "received_at": result.received_at,
                "verdict": result.verdict,
                "score": result.score,
                "maximum": result.maximum,
                "responses": result.responses,
            }
            for result in play.results.all()
        ],
        "kept": [
            {"part": state.sub_content, "field": state.field, "saved_at": state.saved_at, "value": state.value}
            for state in play.states.all()
        ],
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
