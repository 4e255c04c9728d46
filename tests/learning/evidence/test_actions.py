import datetime
import threading
import uuid
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection
from wagtail.models import ModelLogEntry

from learning.evidence.actions import RecordRefusedError, confirm, declare, erase, record, supersede_onto
from learning.evidence.files import inspect
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, ErasureOrder, Evidence, EvidenceFile, Source, Verification
from learning.evidence.pages.sentences import provenance
from learning.evidence.signals import evidence_recorded
from tests.factories.evidence import NOW, a_fact
from tests.factories.people import PersonFactory, standing_people


@pytest.fixture
def told():
    """What the signal said."""
    heard = []

    def hear(sender, **said):
        said.pop("signal")
        heard.append(said)

    evidence_recorded.connect(hear)
    yield heard
    evidence_recorded.disconnect(hear)


def a_certificate(person, by=None, **changes):
    values = {
        "person": person,
        "kind": Kind.EXTERNAL_CERTIFICATE,
        "title": "Chứng nhận kỹ năng số cơ bản",
        "occurred_at": NOW,
        "details": {"issuer": "Bình dân học vụ số"},
        "upload": inspect(ContentFile(b"%PDF-1.7 thu", name="chung-chi.pdf"), limit=1000),
        "token": uuid.uuid4(),
        "by": by or person.user,
        "at": NOW,
    }
    return declare(**(values | changes))


class TestRecord:
    def test_writes_the_fact_with_the_unit_of_that_time(self, standing):
        fact = a_fact(standing.an.person, score=Decimal("0.9"), topics=("ky-nang-so",), page_key=uuid.uuid4())

        evidence = record(fact=fact, by=None, at=NOW)

        evidence.refresh_from_db()
        assert (evidence.title, evidence.score, evidence.topics) == (fact.title, Decimal("0.9"), ["ky-nang-so"])
        assert evidence.page_key == fact.page_key
        assert evidence.unit == standing.chapter

    def test_unit_is_none_before_the_person_belonged_anywhere(self, standing):
        fact = a_fact(standing.an.person, occurred_at=NOW.replace(year=2020))
        assert record(fact=fact, by=None, at=NOW).unit is None

    def test_same_key_twice_is_one_row_and_one_signal(self, standing, told, django_capture_on_commit_callbacks):
        fact = a_fact(standing.an.person)

        with django_capture_on_commit_callbacks(execute=True):
            first = record(fact=fact, by=None, at=NOW)
            assert told == []
            again = record(fact=fact, by=None, at=NOW)

        assert first == again
        assert told == [{"evidence_ids": [first.pk], "person_id": standing.an.person_id, "year": 2026}]

    def test_key_of_another_person_is_refused(self, standing):
        record(fact=a_fact(standing.an.person, source_key="one"), by=None, at=NOW)
        with pytest.raises(RecordRefusedError):
            record(fact=a_fact(standing.chi.person, source_key="one"), by=None, at=NOW)

    def test_year_is_that_of_viet_nam(self, standing, told, django_capture_on_commit_callbacks):
        new_year = datetime.datetime(2026, 12, 31, 17, 30, tzinfo=datetime.UTC)
        with django_capture_on_commit_callbacks(execute=True):
            record(fact=a_fact(standing.an.person, occurred_at=new_year), by=None, at=NOW)
        assert told[0]["year"] == 2027

    def test_correction_supersedes(self, standing):
        person = standing.an.person
        wrong = record(fact=a_fact(person, title="Sai"), by=None, at=NOW)

        right = record(fact=a_fact(person, title="Đúng"), by=None, at=NOW, supersedes=wrong)

        assert list(Evidence.objects.standing()) == [right]
        assert Evidence.objects.count() == 2

    def test_what_is_superseded_cannot_be_superseded_again(self, standing):
        person = standing.an.person
        wrong = record(fact=a_fact(person), by=None, at=NOW)
        record(fact=a_fact(person), by=None, at=NOW, supersedes=wrong)
        with pytest.raises(RecordRefusedError):
            record(fact=a_fact(person), by=None, at=NOW, supersedes=wrong)

    def test_another_persons_row_cannot_be_superseded(self, standing):
        theirs = record(fact=a_fact(standing.chi.person), by=None, at=NOW)
        with pytest.raises(RecordRefusedError):
            record(fact=a_fact(standing.an.person), by=None, at=NOW, supersedes=theirs)

    def test_a_person_who_acts_is_logged_by_ids_only(self, standing):
        evidence = record(fact=a_fact(standing.an.person), by=standing.an, at=NOW)

        entry = ModelLogEntry.objects.get(action="evidence.record")
        assert (entry.user, entry.label) == (standing.an, str(evidence.pk))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_make_one_row():
    standing = standing_people()
    fact = a_fact(standing.an.person)
    barrier, rows = threading.Barrier(4), []

    def tell():
        barrier.wait()
        try:
            rows.append(record(fact=fact, by=None, at=NOW).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(rows) == 4
    assert len(set(rows)) == 1
    assert Evidence.objects.count() == 1


class TestDeclare:
    def test_own_declaration_carries_its_file(self, standing):
        evidence = a_certificate(standing.an.person)

        assert evidence.source == Source.SELF
        assert evidence.verification == Verification.NONE
        assert evidence.entered_by == EnteredBy.OWN_ACCOUNT
        kept = evidence.files.get()
        assert (kept.name, kept.content_type, kept.size) == ("chung-chi.pdf", "application/pdf", 12)
        with kept.file.open() as file:
            assert file.read() == b"%PDF-1.7 thu"

    def test_same_form_sent_twice_is_one_row_and_one_file(self, standing):
        token = uuid.uuid4()
        assert a_certificate(standing.an.person, token=token) == a_certificate(standing.an.person, token=token)
        assert EvidenceFile.objects.count() == 1

    def test_officer_of_the_unit_helps_and_it_is_marked(self, standing):
        standing.chi.identity_level = "muc-2"
        evidence = a_certificate(standing.an.person, by=standing.chi)
        assert evidence.entered_by == EnteredBy.ASSISTED
        assert "identity_level" not in evidence.details

    def test_it_bears_the_level_at_which_its_person_signed_in(self, standing):
        standing.an.identity_level = "muc-2"
        evidence = a_certificate(standing.an.person, by=standing.an)
        assert evidence.details["identity_level"] == "muc-2"
        assert "mức định danh “muc-2”" in provenance(confirm(evidence=evidence, by=standing.dung, at=NOW))

    @pytest.mark.parametrize("who", ["ha", "binh", "minh"])
    def test_refused_to_whom_may_not_assist_there(self, standing, who):
        with pytest.raises(PermissionDenied):
            a_certificate(standing.an.person, by=getattr(standing, who))

    def test_what_the_system_records_cannot_be_declared(self, standing):
        with pytest.raises(RecordRefusedError):
            a_certificate(standing.an.person, kind=Kind.QUIZ_PASSED)


class TestConfirm:
    def test_document_seen_supersedes_and_keeps_the_file(self, standing):
        declared = a_certificate(standing.an.person)

        seen = confirm(evidence=declared, by=standing.dung, at=NOW)

        assert seen.supersedes == declared
        assert (seen.verification, seen.source) == (Verification.DOCUMENT_SEEN, Source.EXTERNAL)
        assert seen.entered_by == EnteredBy.OWN_ACCOUNT
        assert seen.details["confirmed_by"] == standing.dung.pk
        assert seen.files.get().file.name == declared.files.get().file.name

    def test_confirming_twice_is_once(self, standing):
        declared = a_certificate(standing.an.person)
        first = confirm(evidence=declared, by=standing.dung, at=NOW)

        assert confirm(evidence=declared, by=standing.dung, at=NOW) == first
        assert confirm(evidence=first, by=standing.dung, at=NOW) == first
        assert ModelLogEntry.objects.filter(action="evidence.confirm").count() == 1

    @pytest.mark.parametrize("who", ["an", "chi", "ha", "lan"])
    def test_refused_outside_the_right_reach(self, standing, who):
        declared = a_certificate(standing.an.person)
        with pytest.raises(PermissionDenied):
            confirm(evidence=declared, by=getattr(standing, who), at=NOW)

    def test_nobody_confirms_their_own(self, standing):
        declared = a_certificate(standing.dung.person)
        with pytest.raises(PermissionDenied):
            confirm(evidence=declared, by=standing.dung, at=NOW)

    def test_only_certificates_are_confirmed(self, standing):
        declared = a_certificate(standing.an.person, kind=Kind.DECLARATION)
        with pytest.raises(RecordRefusedError):
            confirm(evidence=declared, by=standing.dung, at=NOW)


class TestMerging:
    def test_what_stood_on_the_duplicate_stands_on_the_one_who_stays(self, standing):
        duplicate, into = PersonFactory(), standing.an.person
        old = record(fact=a_fact(duplicate, score=Decimal("0.5")), by=None, at=NOW)

        supersede_onto(duplicate=duplicate, into=into, by=standing.dung, at=NOW)

        moved = Evidence.objects.standing().get()
        assert moved.person == into
        assert moved.supersedes == old
        assert moved.score == Decimal("0.5")

    def test_of_a_course_finished_on_both_the_one_that_nobody_need_look_at_counts(self, standing):
        duplicate, into, course = PersonFactory(), standing.an.person, uuid.uuid4()
        finished = partial(a_fact, kind=Kind.COURSE_COMPLETED, page_key=course, source=Source.SYSTEM)
        doubted = record(fact=finished(into, verification=Verification.NONE), by=None, at=NOW)
        sure = record(fact=finished(duplicate, verification=Verification.SERVER_MARKED), by=None, at=NOW)

        supersede_onto(duplicate=duplicate, into=into, by=standing.dung, at=NOW)

        assert Evidence.objects.standing().get().supersedes == sure
        assert Evidence.objects.filter(supersedes=doubted).exists()

    def test_run_twice_changes_nothing(self, standing):
        duplicate = PersonFactory()
        record(fact=a_fact(duplicate), by=None, at=NOW)
        supersede_onto(duplicate=duplicate, into=standing.an.person, by=standing.dung, at=NOW)

        supersede_onto(duplicate=duplicate, into=standing.an.person, by=standing.dung, at=NOW)

        assert Evidence.objects.count() == 2


class TestErase:
    def test_deletes_rows_corrections_and_files_of_the_person_and_of_merged_records(
        self, standing, django_capture_on_commit_callbacks
    ):
        person, duplicate = standing.an.person, PersonFactory(merged_into=standing.an.person)
        record(fact=a_fact(duplicate), by=None, at=NOW)
        supersede_onto(duplicate=duplicate, into=person, by=standing.dung, at=NOW)
        confirm(evidence=a_certificate(person), by=standing.dung, at=NOW)
        stored = EvidenceFile.objects.first().file
        others = record(fact=a_fact(standing.chi.person), by=None, at=NOW)

        with django_capture_on_commit_callbacks(execute=True):
            assert erase(person=person, by=standing.dung, at=NOW) == 4

        assert list(Evidence.objects.all()) == [others]
        assert not stored.storage.exists(stored.name)
        assert ErasureOrder.objects.count() == 2

    def test_run_twice_finds_nothing_left(self, standing):
        record(fact=a_fact(standing.an.person), by=None, at=NOW)
        erase(person=standing.an.person, by=standing.dung, at=NOW)
        assert erase(person=standing.an.person, by=standing.dung, at=NOW) == 0

    @pytest.mark.parametrize("who", ["binh", "chi", "ha"])
    def test_refused_to_whom_may_not_manage_people_there(self, standing, who):
        evidence = record(fact=a_fact(standing.an.person), by=None, at=NOW)
        with pytest.raises(PermissionDenied):
            erase(person=standing.an.person, by=getattr(standing, who), at=NOW)
        assert list(Evidence.objects.all()) == [evidence]

    def test_a_role_elsewhere_opens_nothing_for_who_belongs_nowhere(self, standing):
        person = PersonFactory()
        with pytest.raises(PermissionDenied):
            erase(person=person, by=standing.dung, at=NOW)
