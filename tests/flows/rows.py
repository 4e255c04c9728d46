"""For each address that takes something in, a row of the world that stands there, and somebody to whom it opens.

A room's ``SOURCES`` say of which model its addresses name rows, and by which fields; the first that gives all that an
address asks for is taken, one for the page alone before one for its room. Where it stands who the row is for (``by``),
they open it; else those whom ``doors`` names, one after the other.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.utils import timezone

from evaluation.dossiers.actions.writing import paper_token
from learning.sessions.codes import code_at, ticket_for
from membership.models import User
from membership.policy import may
from notices.calendars import address_of
from notices.stopping import confirmation, stop_address
from tests.factories.evaluation import YEAR
from tests.flows.doors import ANYONE, SIGNED_IN, needs, pages
from training_materials.player.tokens import bundle_token, content_token

SOURCES = {
    "anchors": ["criteria.Anchor pk=pk"],
    "assessments": ["assessments.Attempt attempt_id=pk by=enrolment__person"],
    "assessments:start": ["assessments.Attempt quiz_id=quiz by=enrolment__person"],
    "begin_step": ["training_materials.CoursePage pk=pk"],
    "calls": ["calls.Call pk=pk call_id=pk"],
    "calls:call": ["calls.Called pk=call by=person"],
    "competencies": ["criteria.Competency pk=pk"],
    "consent_texts": ["membership.ConsentText pk=pk"],
    "copy_in_course": ["training_materials.CoursePage pk=pk"],
    "course_builder": ["training_materials.CoursePage pk=pk"],
    "course_certificates": ["tracking.CourseCertificate code=code"],
    "course_review": ["training_materials.CoursePage pk=pk"],
    "course_pools": ["training_materials.CoursePage pk=pk"],
    "criteria": [
        "criteria.CriteriaSet pk=pk",
        "criteria.Indicator pk=criteria_set number=number",
        "criteria.EvidenceRule pk=indicator__criteria_set number=indicator__number rule=pk",
    ],
    "criteria_sets": ["criteria.CriteriaSet pk=pk"],
    "dossiers": [
        "dossiers.Dossier pk=pk year=year by=person",
        "dossiers.IndicatorScore year=dossier__year pk=dossier number=indicator__number by=dossier__person",
    ],
    "dossiers:appeal": ["dossiers.Appeal pk=pk"],
    "dossiers:assist_open": ["membership.Person person_pk=pk"],
    "dossiers:call_meeting": ["dossiers.Dossier step_pk=current_step unit_pk=current_unit year=year"],
    "dossiers:change_chain": ["dossiers.ReviewChain pk=pk"],
    "dossiers:meeting": ["dossiers.Meeting pk=pk"],
    "dossiers:ask_unit": ["dossiers.InspectedDossier line_pk=pk"],
    "dossiers:finding": ["dossiers.FollowUp pk=pk"],
    "dossiers:finding_file": ["dossiers.FollowUpFile pk=entry__follow_up file_pk=pk"],
    "dossiers:sample": ["dossiers.InspectionSample pk=pk"],
    "doubles": ["membership.PossibleDouble pk=pk"],
    "evidence": ["evidence.Evidence evidence_id=pk by=person", "membership.Person code=code"],
    "evidence:checkpoint": ["evidence.Checkpoint number=number"],
    "evidence:confirm": ["evidence.Evidence evidence_id=pk"],
    "evidence:file": ["evidence.EvidenceFile file_id=pk by=evidence__person"],
    "evidence:refuse": ["evidence.Evidence evidence_id=pk"],
    "evidence_rules": ["criteria.EvidenceRule pk=pk"],
    "feedback": [
        "feedback.Enquiry pk=pk",
        "feedback.Opinion page_id=page",
        "tracking.StepProgress course_slug=enrolment__course__slug step_slug=step__slug by=enrolment__person",
    ],
    "indicators": ["criteria.Indicator pk=pk"],
    "membership": ["membership.Person code=code"],
    "movement": ["movement.Proposal pk=pk by=person"],
    "movement:add_task": ["movement.WorkPlan pk=pk"],
    "movement:plan": ["movement.WorkPlan pk=pk"],
    "movement:plan_paper": ["movement.WorkPlan pk=pk"],
    "movement:add_paper": ["movement.PlanTask pk=pk"],
    "movement:edit_task": ["movement.PlanTask pk=pk"],
    "movement:task": ["movement.PlanTask pk=pk"],
    "movement:paper_file": ["movement.PlanFile pk=task file_pk=pk"],
    "movement:remove_paper": ["movement.PlanFile pk=task file_pk=pk"],
    "movement:template_task": ["movement.TemplateTask pk=pk"],
    "notices": ["notices.Notice pk=pk by=person", "notices.Device pk=pk by=person"],
    "notices:circular": ["notices.Circular pk=pk"],
    "notices:remove_device": ["notices.Device pk=pk by=person"],
    "package_chooser": ["training_materials.Package pk=pk"],
    "packages": ["training_materials.Package pk=pk"],
    "packages:upload": ["training_materials.PackageUpload pk=pk"],
    "people": ["membership.Person pk=pk"],
    "privacy": ["privacy.Request pk=pk"],
    "privacy:amend_breach": ["privacy.Breach pk=pk"],
    "privacy:breach": ["privacy.Breach pk=pk"],
    "privacy:breach_notice": ["privacy.Breach pk=pk"],
    "privacy:breach_text": ["privacy.Breach pk=pk"],
    "question_bank": ["assessments.Question pk=pk kind=current__kind"],
    "question_chooser": ["assessments.Question pk=pk"],
    "quiz_results": ["assessments.Attempt pk=pk", "assessments.Response pk=version__question version=version__number"],
    "quiz_results:attempts": ["assessments.Attempt pk=quiz"],
    "quiz_results:clear_signal": ["assessments.Signal pk=pk"],
    "quiz_results:quiz": ["assessments.Attempt pk=quiz"],
    "quiz_results:stuck": ["training_materials.CoursePage pk=pk"],
    "recognition": [
        "recognition.Decision pk=pk",
        "recognition.Title code=code by=person",
        "recognition.DecisionLine pk=decision line_pk=pk",
        "recognition.Title pk=decision title_pk=pk",
    ],
    "recognition:end_member": ["recognition.GroupingMember pk=grouping member_pk=pk"],
    "recognition:grouping": ["recognition.Grouping pk=pk"],
    "recognition:grouping_rule": ["recognition.GroupingRule kind=kind"],
    "recognition:groupings": ["membership.Unit unit_code=code"],
    "recognition:minutes": ["dossiers.Meeting pk=pk"],
    "recognition:revoke_of": ["recognition.Title dossier_pk=dossier"],
    "recognition:sheet": ["dossiers.Dossier pk=pk by=person"],
    "take_out": ["training_materials.CoursePage pk=pk"],
    "submit_course": ["training_materials.CoursePage pk=pk"],
    "place_step": ["training_materials.CoursePage pk=pk"],
    "registrations": ["membership.Unit unit_code=code", "registrations.Registration year=year by=person"],
    "reporting": [
        "membership.Unit unit_code=code",
        "reporting.FrozenReport year=year unit_code=unit__code number=number",
    ],
    "role_list": ["membership.Membership pk=pk"],
    "roles": ["membership.Membership pk=pk"],
    "sessions": [
        "learning_sessions.Session session_id=pk",
        "learning_sessions.AttendanceCertificate code=code by=person",
        "learning_sessions.Material session_id=session material_id=pk",
    ],
    "sessions:answer": ["learning_sessions.Invitee session_id=session by=person"],
    "sessions:rollup": ["membership.Unit unit_code=code"],
    "tracking": ["tracking.StepProgress course_slug=enrolment__course__slug step_slug=step__slug by=enrolment__person"],
    "tracking:note": ["tracking.Note key=pk by=enrolment__person"],
    "tracking:records_about": ["membership.Person person_id=pk"],
    "tracking:take": ["tracking.Play play_id=pk by=enrolment__person"],
    "training_materials": ["training_materials.CoursePage slug=slug"],
    "units": ["membership.Unit pk=pk"],
    "written_marking": ["assessments.Response pk=pk"],
    "xapi_credentials": ["tracking.Credential pk=pk"],
}  # fmt: skip
# What is no row: a choice of a few, a number that counts from one, a place in the year's list.
_GIVEN = {"number": 1, "old": 1, "new": 2, "kind": "pdf", "purpose": "service", "year": YEAR}
_ROWS, _TRIES = 12, 60
# Where who does not come through is led: a page that leads there opened to nobody.
_DOORS = (reverse_lazy("account_login"), reverse_lazy("membership:consent"), reverse_lazy("mfa_activate_totp"))


@dataclass(frozen=True)
class Open:
    """``html`` is empty where it is no page: a file, what leads on, what answers to a form that is sent alone."""

    name: str
    address: str
    who: User | None
    html: str


def opened(client: Client, people: list[User], left_out: set[str]) -> tuple[dict[str, Open], dict[str, str]]:
    """By the name of each page, but of those left out, what opens it; and of those that nothing opens, what was
    tried."""
    found, missed = {}, {}
    for name, pattern in sorted(pages(), key=lambda page: page[0]):
        if name in left_out:
            continue
        tried = []
        for who, address in islice(_candidates(name, pattern, people), _TRIES):
            if one := _open(client, name, address, who):
                found[name] = one
                break
            tried.append(address)
        else:
            missed[name] = tried[0] if tried else "no row"
    return found, missed


def enter(client: Client, who: User | None, language: str = "vi") -> None:
    client.logout()
    if who:
        client.force_login(who)
    client.cookies["django_language"] = language


def _open(client: Client, name: str, address: str, who: User | None) -> Open | None:
    enter(client, who)
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()  # which closes the file
    leads_on = answer.status_code == 302 and not answer["Location"].startswith(tuple(map(str, _DOORS)))
    if answer.status_code not in (200, 405) and not (leads_on and answer["Location"] != "/quan-tri/"):
        return None
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return Open(name, address, who, answer.content.decode() if is_page else "")


def _candidates(name: str, pattern: Any, people: list[User]) -> Iterator[tuple[User | None, str]]:
    asked = set(pattern.pattern.converters) or set(pattern.pattern.regex.groupindex)
    for given in _given(name, pattern, asked) if asked else [{}]:
        owner = given.pop("by", None)
        try:
            address = reverse(name, kwargs=given)
        except NoReverseMatch:
            continue
        for who in _visitors(name, owner, people):
            yield who, address


def _visitors(name: str, owner: int | None, people: list[User]) -> list[User | None]:
    needed = needs()[name]
    if needed == ANYONE:
        return [None]
    if needed == SIGNED_IN:
        own = User.objects.filter(person=owner, is_active=True) if owner else User.objects.none()
        return list(own) if owner else list(people)
    actions = needed if isinstance(needed, tuple) else (needed,)
    return [who for who in people if any(may(who, action) for action in actions)]


def _given(name: str, pattern: Any, asked: set[str]) -> Iterator[dict[str, Any]]:
    room, written = name.partition(":")[0], str(pattern.pattern)
    if name in TOKENS:
        yield from TOKENS[name]()
        return
    choices = {key: found[1] for key in asked if (found := re.search(rf"\(\?P<{key}>([a-z-]+)\|", written))}
    for source in [*SOURCES.get(name, []), *SOURCES.get(room, [])]:
        label, *named = source.split()
        paths = dict(one.split("=") for one in named)
        missing = asked - set(paths) - set(choices) - set(_GIVEN)
        if missing or not asked & set(paths):
            continue
        kept = {key: path for key, path in paths.items() if key in asked or key == "by"}
        rows = apps.get_model(label)._default_manager.order_by("-pk").values_list(*kept.values())
        rest = {key: choices.get(key, _GIVEN.get(key)) for key in asked - set(kept)}
        for row in rows[:_ROWS]:
            if None not in row:
                yield dict(zip(kept, row, strict=True)) | rest
        return
    if asked <= set(choices) | set(_GIVEN):
        yield {key: choices.get(key, _GIVEN.get(key)) for key in asked}


def _of(label: str) -> Any:
    return apps.get_model(label)._default_manager.order_by("-pk")[:_ROWS]


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


# Addresses that bear what the site has signed, or what lies in a folder.
TOKENS: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
    "assessments:figure": lambda: ({"name": each.name} for each in _of("assessments.Figure")),
    "dossiers:paper_code": lambda: ({"token": paper_token(each)} for each in _of("dossiers.Dossier")),
    "dossiers:scan": lambda: ({"token": paper_token(each)} for each in _of("dossiers.Dossier")),
    "notices:address": lambda: ({"token": confirmation(each.pk, "a@example.vn")} for each in _of("membership.Person")),
    "notices:feed": lambda: ({"token": _last(address_of(each))[:-4]} for each in _of("notices.CalendarFeed")),
    "notices:stop": lambda: (
        {"token": _last(stop_address(each.person_id, each.kind))} for each in _of("notices.Notice")
    ),
    "sessions:attend": lambda: ({"ticket": ticket_for(each.pk)} for each in _of("learning_sessions.Session")),
    "sessions:scan": lambda: (
        {"session_id": each.pk, "code": code_at(each.pk, timezone.now())} for each in _of("learning_sessions.Session")
    ),
    "training_materials:embed": lambda: (
        {"token": content_token(each.pk)} for each in _of("training_materials.PackageVersion")
    ),
    "training_materials:bundle": lambda: (
        {"token": bundle_token(each.bundle), "path": "all.css"} for each in _of("training_materials.PackageVersion")
    ),
}
