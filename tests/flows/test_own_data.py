"""A person takes along all that is kept about them, and is erased from all of it: each reference has its answer."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.criteria.models import SuggestedScores
from evaluation.dossiers.models import Appeal, Dossier
from evaluation.recognition.models import Title
from learning.evidence.models import Evidence, EvidenceFile
from learning.tracking.models import Play
from membership.actions import erase_person
from membership.export import export
from membership.models import Person, User
from privacy.inventory import references
from tests.factories.life import WORD, lead_life
from tests.queries import assert_constant_queries
from tests.taken import taken_along
from work.processing import personal

# As each app declares it (``personal.py``); that none is left out is tests/privacy/test_inventory.py's to show.
EXPORTED = {name for name in references() if not personal[name].withheld}
ERASED = {name for name in references() if not personal[name].kept}


@pytest.fixture
def life(standing):
    return lead_life(standing)


def test_what_is_exported_is_read(life):
    with CaptureQueriesContext(connection) as captured:
        export(life.standing.an.person)
    said = "\n".join(query["sql"] for query in captured.captured_queries)
    found = references()
    assert {name for name in EXPORTED if f'"{found[name].model._meta.db_table}"' not in said} == set()


def test_what_is_erased_refers_to_nobody(life):
    rows = _rows_about(life.standing.an)
    assert {name for name in ERASED if not rows[name].exists()} == set()  # the test would notice
    keys = {name: list(rows[name].values_list("pk", flat=True)) for name in ERASED}

    erase_person(person=life.standing.an.person, by=life.standing.dung, at=timezone.now())

    found = references()
    left = {
        name: [row for row in found[name].model._base_manager.filter(pk__in=pks) if getattr(row, found[name].attname)]
        for name, pks in keys.items()
    }
    assert {name: rows for name, rows in left.items() if rows} == {}


def test_the_file_holds_what_the_person_wrote_and_what_was_decided(life, client):
    client.force_login(life.standing.an)
    archive = taken_along(client.get("/tai-khoan/du-lieu.zip"))
    data = json.loads(archive.read("du-lieu.json"))
    decided, writing = data["dossiers"]

    assert decided["state"] == "recognised"
    assert decided["indicators"][0]["own_note"] == f"{WORD} 1"
    assert decided["indicators"][0]["changes"][0]["reason"] == f"{WORD} ít hơn"
    assert decided["appeals"][0]["answer"] == f"{WORD}: xét lại"
    assert [review["outcome"] for review in decided["reviews"]] == ["forwarded", "forwarded", "recognised"]
    assert writing["indicators"][0]["attached_evidence"]
    assert data["titles"][0]["verification_code"] == Title.objects.get().code
    written = next(one for one in data["quiz_attempts"][0]["questions"] if one["answer"] == [WORD])
    assert written["from_the_trainer"] == f"{WORD}: nhận xét"
    assert data["learning_groups"][0]["name"] == "Gia đình ven sông"
    assert data["extra_time"][0]["percent"] == 50
    assert data["suggested_scores"][0]["total"] == 50
    handed_in = EvidenceFile.objects.exclude(evidence__person=None)
    assert {archive.read(each["place"]) for each in data["evidence_files"]} == {_content_of(kept) for kept in handed_in}
    assert handed_in
    assert data["merged_records"][0]["full_name"] == "Tran Thi An hai"
    assert data["account"]["email_addresses"][0]["email"] == "chi-cua-an@example.vn"


def test_the_file_names_no_officer_but_who_opened_a_file(life):
    data = export(life.standing.an.person)
    openings = data.pop("file_accesses")
    said = str(data)
    officers = [getattr(life.standing, who).person.full_name for who in ("binh", "chi", "dung", "lan", "giang")]
    assert [name for name in officers if name in said] == []
    assert openings[0]["opened_by"] == life.standing.chi.person.full_name


def test_the_file_holds_no_secret(life):
    said = json.dumps(export(life.standing.an.person), default=str)
    user = life.standing.an
    assert user.password not in said
    assert user.authenticator_set.get().data["secret"] not in said


def test_rows_make_it_no_more_queries(life):
    person, now = life.standing.an.person, timezone.now()

    def more():
        for year in (2023, 2024):
            dossier = Dossier.objects.filter(person=person).first()
            scores = list(dossier.scores.all())
            dossier.pk, dossier.year = None, year
            dossier.save()
            for score in scores:
                score.pk, score.dossier = None, dossier
                score.save()
                score.evidence.add(*Evidence.objects.filter(person=person))
            appealed = {"dossier": dossier, "unit": life.standing.province, "due_on": now.date()}
            Appeal.objects.create(**appealed, reason=WORD, filed_by=life.standing.an, filed_at=now)
            SuggestedScores.objects.create(
                year=year, person=person, unit=life.standing.chapter, criteria_set=dossier.criteria_set, tenths=[],
                total_tenths=0,
            )  # fmt: skip
            keys = {"activity_key": uuid.uuid4(), "version_key": uuid.uuid4(), "started_at": now}
            Play.objects.create(enrolment=person.enrolments.get(), activity_title=WORD, **keys)

    assert_constant_queries(lambda: export(person), more)


def _content_of(kept):
    with kept.file.open("rb") as stored:
        return stored.read()


def _rows_about(user):
    """By reference, the rows that lead to the person or their account, also those of merged records."""
    people = {Person: Person.objects.records_of(user.person), User: User.objects.filter(pk=user.pk)}
    found, rows = references(), {}
    while len(rows) < len(found):
        for name, field in found.items():
            if name not in rows and field.related_model in people:
                rows[name] = field.model._base_manager.filter(**{f"{field.name}__in": people[field.related_model]})
                if field.related_model is not User:
                    people.setdefault(field.model, rows[name])
    return rows
