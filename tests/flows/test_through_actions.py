"""publish → enrol → lessons → quiz → evidence → suggested score → self-assessment → three bodies → decision →
verified title → target figure, through actions alone."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions import Given, finish, start
from evaluation.dossiers.actions import OwnEntry, accept_own_scores, forward, open_dossier, save_own, submit
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import add_members, draft_decision, open_grouping, revoke
from evaluation.reporting.definitions import Measure
from evaluation.reporting.figures import figures
from home.demo.answers import right, wrong
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from learning.tracking.actions import complete_step, enrol
from tests.factories.people import START
from tests.factories.recognition import issue_with_effect
from tests.factories.way import Way, lay_way, open_course


@pytest.fixture
def way(standing) -> Way:
    return lay_way(standing)


def test_whole_way(way, client):
    now, an = timezone.now(), way.standing.an
    year = timezone.localdate(now).year
    open_course(way)

    _learn(way, now, right)
    kinds = set(Evidence.objects.filter(person=an.person).values_list("kind", flat=True))
    assert kinds == {Kind.COURSE_COMPLETED, Kind.QUIZ_PASSED}
    assert set(Evidence.objects.values_list("verification", flat=True)) == {Verification.SERVER_MARKED}

    dossier = open_dossier(person=an.person, year=year, by=an, at=now)
    digital = dossier.scores.get(indicator__number=5)
    assert digital.suggested_points > 0
    assert digital.suggested_trace
    save_own(dossier=dossier, entries=[OwnEntry(n, Decimal(8)) for n in range(1, 11)], by=an, at=now)
    submit(dossier=dossier, by=an, at=now)

    for officer in (way.standing.chi, way.standing.dung):
        accept_own_scores(dossier=dossier, by=officer, at=now)
        forward(dossier=dossier, by=officer, at=now)
    title = _recognise(way, dossier, now).titles.get()
    assert title.total == 80

    page = client.get(reverse("recognition:verify", args=[title.code])).content.decode()
    assert an.person.full_name in page
    assert str(an.person.birth_year) not in page

    given = {"valid_from": START, "by": way.standing.dung, "at": now}
    family = open_grouping(kind="family", name="Gia đình số 7", place=way.standing.chapter, **given)
    add_members(grouping=family, codes=[an.person.code, way.standing.chi.person.code], **given)
    adults = _figure(way, year, Measure.ADULTS_TITLED)
    assert (adults.numerator, adults.denominator, adults.share) == (1, 2, Decimal(50))
    digital_skills = _figure(way, year, Measure.DIGITAL_SKILLS)
    assert (digital_skills.numerator, digital_skills.denominator) == (1, 1)

    revoke(title=title, reason="Công nhận nhầm người.", by=way.standing.lan, at=now)
    assert "Công nhận nhầm người." in client.get(reverse("recognition:verify", args=[title.code])).content.decode()
    assert _figure(way, year, Measure.ADULTS_TITLED).numerator == 0


def test_failed_quiz_leaves_no_evidence_and_the_course_open(way):
    open_course(way)
    enrolment = _learn(way, timezone.now(), wrong)
    assert enrolment.completed_at is None
    assert not Evidence.objects.exists()


def test_deleting_the_course_takes_nothing_away(way, client):
    now, an = timezone.now(), way.standing.an
    open_course(way)
    enrolment = _learn(way, now, right)
    way.course.delete()
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert enrolment.course_title == way.course.title
    assert Evidence.objects.filter(person=an.person).count() == 2
    client.force_login(an)
    for address in (reverse("tracking:today"), reverse("evidence:mine"), reverse("dossiers:mine")):
        assert client.get(address).status_code == 200


def _learn(way: Way, now: datetime.datetime, answer):
    an = way.standing.an
    enrolment = enrol(person=an.person, course=way.course, by=an, at=now)
    for lesson in way.lessons:
        complete_step(enrolment=enrolment, step=lesson, at=now)
    attempt = start(enrolment=enrolment, quiz=way.quiz, by=an, at=now)
    given = [
        Given(response.position, answer(response.version.parsed, response.order), 1)
        for response in attempt.responses.select_related("version")
    ]
    finish(attempt=attempt, by=an, at=now, given=given)
    enrolment.refresh_from_db()
    return enrolment


def _recognise(way: Way, dossier: Dossier, now: datetime.datetime):
    lan, commune = way.standing.lan, way.standing.commune
    decision = draft_decision(unit=commune, year=dossier.year, dossiers=[dossier], by=lan, at=now)
    return issue_with_effect(
        decision=decision,
        number="12/QĐ-UBND",
        signed_on=timezone.localdate(now),
        signer_name="Nguyễn Thành Công",
        signer_title="CHỦ TỊCH",
        by=lan,
        at=now,
    )


def _figure(way: Way, year: int, measure: str):
    return next(figure for figure in figures(way.standing.province, year) if figure.measure == measure)
