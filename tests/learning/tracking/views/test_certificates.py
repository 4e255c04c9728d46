"""What a finished course gives: a paper and a badge for who earned it, and a page that says whether they hold."""

import datetime
import io
import json
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from pypdf import PdfReader

from assessments.models import QuizPage
from badges import keys
from badges.credentials import status_for
from badges.findings import find, read_badge
from learning.tracking.actions import complete_step, enrol, erase_learning, revise_step
from learning.tracking.export import records_part
from learning.tracking.models import CourseCertificate
from membership.models import FileAccess, Person
from tests.factories.evidence import NOW
from tests.factories.pages import publish
from tests.factories.people import add_user
from tests.queries import count_queries

COURSE = "/hoc-tap/ky-nang-so/"
SOON = NOW + datetime.timedelta(days=1)


@pytest.fixture
def quiz(school):
    return publish(school.course, QuizPage(title="Bài kiểm tra", slug="bai-kiem-tra", pass_mark=50))


@pytest.fixture
def enrolment(an, school, quiz):
    enrolment = enrol(person=an.person, course=school.course, by=an, at=NOW)
    for step in (school.first, school.second):
        complete_step(enrolment=enrolment, step=step, at=NOW)
    complete_step(enrolment=enrolment, step=quiz, at=NOW, score=Decimal("0.9"))
    return enrolment


@pytest.fixture
def given(enrolment):
    return CourseCertificate.objects.get(enrolment=enrolment)


def _text(answer):
    return " ".join(PdfReader(io.BytesIO(answer.getvalue())).pages[0].extract_text().split())


def test_a_course_that_is_not_finished_gives_none(signed_in, an, school, quiz):
    enrolment = enrol(person=an.person, course=school.course, by=an, at=NOW)
    complete_step(enrolment=enrolment, step=school.first, at=NOW)
    assert not CourseCertificate.objects.exists()
    assert "Chứng nhận khóa học (PDF)" not in signed_in.get(COURSE).content.decode()


def test_the_paper_says_who_finished_what_with_which_result_and_how_that_was_checked(signed_in, given):
    page = signed_in.get(COURSE).content.decode()
    paper = reverse("course_certificates:paper", args=[given.code])
    assert paper in page
    answer = signed_in.get(paper)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    text = _text(answer)
    for said in ("Trần Thị An", "Kỹ năng số cơ bản", "90 %", "chấm trên máy chủ", given.code, "xac-minh"):
        assert said in text


def test_the_badge_is_genuine_and_its_status_list_is_found(signed_in, client, given):
    answer = signed_in.get(reverse("course_certificates:badge", args=[given.code, "json"]))
    credential = read_badge(answer.content.decode(), keys.public_keys(), SOON)
    assert credential["credentialSubject"]["achievement"]["achievementType"] == "CertificateOfCompletion"
    found = find(credential, keys.public_keys(), SOON, status_for(credential, SOON))
    assert (found.name, found.is_revoked) == ("Trần Thị An", False)
    place = credential["credentialStatus"]["statusListCredential"]
    token = signed_in.get(reverse("course_certificates:badge", args=[given.code, "jwt"]))
    assert token["Content-Type"] == "application/vc+jwt"
    client.logout()
    listed = client.get(urlsplit(place).path)
    assert listed.status_code == 200
    assert json.loads(listed.content)["id"] == place


def test_anyone_verifies_it_by_its_code_on_the_page_for_all_codes(client, given):
    answer = client.get("/xac-minh/", {"code": given.code.lower().replace("-", " ")}, follow=True)
    page = answer.content.decode()
    assert "Chứng nhận này còn giá trị" in page
    assert "Trần Thị An" in page
    assert "chấm trên máy chủ" in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get("/chung-nhan/AAAA-AAAA-AAAA/").status_code == 404


def test_what_is_taken_back_is_revoked_everywhere_and_earned_again_it_is_another(client, an, enrolment, quiz, given):
    client.force_login(an)
    badge = client.get(reverse("course_certificates:badge", args=[given.code, "json"])).content.decode()
    revise_step(enrolment=enrolment, step=quiz, score=None, at=SOON, reason="Đáp án sai")
    revise_step(enrolment=enrolment, step=quiz, score=None, at=SOON, reason="Đáp án sai")

    for name, more in (("paper", []), ("badge", ["json"])):
        assert client.get(reverse(f"course_certificates:{name}", args=[given.code, *more])).status_code == 410
    assert "không còn giá trị" in client.get(f"/chung-nhan/{given.code}/").content.decode()
    credential = read_badge(badge, keys.public_keys(), SOON)
    assert find(credential, keys.public_keys(), SOON, status_for(credential, SOON)).is_revoked

    revise_step(enrolment=enrolment, step=quiz, score=Decimal("0.8"), at=SOON, reason="Chấm lại")
    [standing] = CourseCertificate.objects.standing()
    assert standing.code != given.code
    assert standing.code in client.get(COURSE).content.decode()


def test_only_who_earned_it_and_who_looks_after_their_learning_get_the_files_and_the_person_sees_who(
    client, standing, given
):
    paper = reverse("course_certificates:paper", args=[given.code])
    badge = reverse("course_certificates:badge", args=[given.code, "json"])
    assert client.get(paper).status_code == 302
    for user, status in ((standing.an, 200), (standing.ha, 404), (standing.lan, 404), (standing.binh, 200)):
        client.force_login(user)
        assert [client.get(address).status_code for address in (paper, badge)] == [status, status], user
    seen = FileAccess.objects.filter(person=standing.an.person).values_list("user", flat=True)
    assert set(seen) == {standing.binh.pk}


def test_a_doubt_about_the_result_is_nobody_elses_business(signed_in, client, an, school, quiz):
    enrolment = enrol(person=an.person, course=school.course, by=an, at=NOW)
    for step in (school.first, school.second):
        complete_step(enrolment=enrolment, step=step, at=NOW)
    complete_step(enrolment=enrolment, step=quiz, at=NOW, score=Decimal("0.9"), is_doubted=True)
    code = CourseCertificate.objects.get().code
    told = _text(signed_in.get(reverse("course_certificates:paper", args=[code])))
    assert "Kỹ năng số cơ bản" in told
    for text in (told, client.get(f"/chung-nhan/{code}/").content.decode()):
        assert "90 %" not in text
        assert "chờ người" not in text


def test_who_was_merged_into_another_record_still_gets_it(client, an, given):
    again = add_user("an-moi", "Trần Thị An")
    Person.objects.filter(pk=an.person_id).update(merged_into=again.person)
    client.force_login(again)
    assert client.get(reverse("course_certificates:paper", args=[given.code])).status_code == 200


def test_an_erasure_takes_it_away_and_what_one_takes_along_has_its_code(signed_in, an, enrolment, given):
    assert records_part(an.person)["courses"][0]["certificates"][0]["code"] == given.code
    CourseCertificate.objects.update(revoked_at=SOON)
    erase_learning(person_ids=[an.person_id])
    left = CourseCertificate.objects.get()
    assert (left.enrolment, left.course_title) == (None, "")
    assert CourseCertificate.objects.revoked_on(0) == [left.pk]
    assert signed_in.get(f"/chung-nhan/{left.code}/").status_code == 404
    assert signed_in.get(f"/chung-nhan/{given.code}/").status_code == 404


def test_the_public_page_asks_little_of_the_database(client, given):
    assert count_queries(lambda: client.get(f"/chung-nhan/{given.code}/")) <= 6


def test_the_public_page_is_closed_while_the_consent_is_withdrawn(client, an, given):
    person = Person.objects.filter(pk=an.person_id)
    for withdrawn_at, status in ((None, 200), (NOW, 404), (None, 200)):
        person.update(withdrawn_at=withdrawn_at)
        assert client.get(reverse("course_certificates:verify", args=[given.code])).status_code == status
