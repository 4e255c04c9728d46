"""Who takes back what the site needs: from then on nothing is written about them, whoever is writing and wherever."""

import datetime
import json
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt
from assessments.periodic import watch_attempts
from assessments.tasks import close_overdue
from evaluation.dossiers.actions import open_dossier, save_own
from learning.evidence.actions import RecordRefusedError
from learning.evidence.models import Evidence
from learning.sessions.actions import How, hold_session, note_attendance
from learning.tracking.actions import alias_of, start_launch
from learning.tracking.models import Document, Statement
from learning.tracking.xapi.clients import learner_agent
from membership.actions import accept_consent, withdraw_consent
from membership.models import ConsentText, Person
from membership.purposes import SERVICE
from tests.assessments.conftest import add_quiz, classroom, topic  # noqa: F401  (fixtures)
from tests.factories.evaluation import sample_criteria
from tests.factories.statements import statement
from tests.learning.tracking.xapi.conftest import V2, System, a_system
from tests.membership.roster.conftest import Bringing, outcomes

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def text(db):
    return ConsentText.objects.create(version="1", text="Chúng tôi giữ họ tên.", published_at=timezone.now())


@pytest.fixture
def an(standing, text):
    """Has agreed, and so has the chapter's officer."""
    for user in (standing.an, standing.chi):
        agree(user, text)
    return standing.an


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    browser.get("/hoc-tap/")
    return browser


def withdraw(user):
    withdraw_consent(person=user.person, purpose=SERVICE, by=user, at=timezone.now())


def agree(user, text):
    accept_consent(person=user.person, text=text, by=user, at=timezone.now())


def test_answers_that_waited_on_another_device_are_refused_in_words_and_taken_once_they_agree_again(
    classroom,  # noqa: F811
    an,
    text,
):
    attempt, elsewhere = classroom.begin(), signed_in(an)
    position = attempt.responses.get(version__kind="short_text").position
    waited = json.dumps({"position": position, "answer": "xin chào", "sequence": 1})
    address = reverse("assessments:answers", args=[attempt.pk])
    signed_in(an).post("/tai-khoan/rut-dong-y/service/")
    answer = elsewhere.post(address, waited, content_type="application/json")
    assert answer.status_code == 401
    assert "câu trả lời vẫn được giữ trên máy này" in answer.json()["message"]
    assert not attempt.responses.exclude(answer=None).exists()
    agree(an, text)
    elsewhere.force_login(an)
    assert elsewhere.post(address, waited, content_type="application/json").status_code == 200
    assert attempt.responses.exclude(answer=None).count() == 1


def test_no_sweep_marks_what_was_left_open(classroom, an, text):  # noqa: F811
    timed = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 1)], time_limit_minutes=10)
    attempt = classroom.begin(quiz=timed, at=timezone.now() - HOUR)
    withdraw(an)
    close_overdue.call(str(attempt.pk))
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=timezone.now())
    assert watch_attempts(timezone.now()).startswith("0 ")
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=None)
    agree(an, text)
    close_overdue.call(str(attempt.pk))
    assert Attempt.objects.get(pk=attempt.pk).finished_at == attempt.due_at


def test_neither_content_nor_an_outside_system_stores_statements_and_states(an, text):
    _launch, token = start_launch(person=an.person, activity="https://example.vn/bai/1", at=timezone.now())
    content = System({"Authorization": f"Bearer {token}", "X-Experience-API-Version": V2})
    actor = learner_agent(alias_of(person=an.person))
    told = statement(actor=actor, context={"registration": str(_launch.registration)})
    state = {"activityId": "https://example.vn/bai/1", "agent": actor, "stateId": "x"}
    outside = a_system()
    withdraw(an)
    assert content.post("statements", told).status_code == 401
    assert outside.post("statements", [statement(), statement(actor=actor)]).status_code == 200
    assert outside.put("activities/state", {"at": 3}, state).status_code == 403
    assert [kept.person_id for kept in Statement.objects.all()] == [None]
    assert not Document.objects.exists()
    agree(an, text)
    assert content.post("statements", told).status_code == 200


def test_no_officer_enters_anything_for_them_and_is_told_why(standing, an, text):
    sample_criteria()
    started = open_dossier(person=an.person, year=timezone.localdate().year, by=an, at=timezone.now())
    withdraw(an)
    officer = signed_in(standing.chi)
    note = {"title": "Giúp hàng xóm", "text": "Dạy dùng điện thoại", "occurred_on": "01/11/2026", "token": uuid.uuid4()}
    answer = officer.post(reverse("evidence:observe", args=[an.person.code]), note)
    assert (answer.status_code, "đã rút lại sự đồng ý" in answer.content.decode()) == (422, True)
    assert not Evidence.objects.exists()
    with pytest.raises(ValidationError, match="Hồ sơ tạm dừng"):
        open_dossier(person=an.person, year=timezone.localdate().year, by=standing.chi, at=timezone.now())
    with pytest.raises(ValidationError, match="Hồ sơ tạm dừng"):
        save_own(dossier=started, entries=[], by=standing.chi, at=timezone.now())


def test_no_list_changes_them_or_notes_them_present(standing, an):
    begun = {"starts_at": timezone.now() - HOUR, "ends_at": timezone.now(), "topics": [], "place": "Nhà văn hóa"}
    session = hold_session(
        token=uuid.uuid4(), unit=standing.chapter, title="Buổi một", by=standing.chi, at=timezone.now(), **begun
    )
    withdraw(an)
    with pytest.raises(RecordRefusedError):
        note_attendance(session=session, people=[an.person], how=How.LIST, by=standing.chi, at=timezone.now())
    answer = signed_in(standing.chi).get(reverse("sessions:session", args=[session.pk]))
    assert (answer.status_code, an.person.full_name in answer.content.decode()) == (200, False)
    dung = Bringing(standing.dung, standing.association)
    batch = dung.bring({"code": an.person.code, "name": "Trần Thị Ân", "unit_code": "20242-02", "phone": "0905123456"})
    assert outcomes(batch) == ["skip"]
    assert "Đã rút lại sự đồng ý" in batch.lines.get().reasons[0]
    assert Person.objects.get(pk=an.person_id).full_name == "Trần Thị An"
