"""What is told of titles, certificates, results, requests and reports, each by what really makes it happen."""

import datetime
import uuid

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from evaluation.recognition import notices as titles
from evaluation.recognition.actions import revoke
from evaluation.recognition.models import Title
from evaluation.reporting import notices as reports
from evaluation.reporting.actions import freeze_report, note_sending
from evaluation.reporting.dated import last_days
from learning.evidence import notices as certificates
from learning.evidence.actions import confirm, declare, refuse
from learning.evidence.files import inspect
from learning.evidence.kinds import Kind
from notices.actions import send_urgent
from notices.models import Notice
from privacy import notices as requests
from privacy.actions import acknowledge, file_request, grant
from privacy.models import Clock
from tests.factories.evaluation import AT, YEAR, another_member, sample_criteria
from tests.factories.evidence import NOW
from tests.factories.recognition import dossier_scored, in_effect
from tests.notices.test_kinds import opens, told
from tests.queries import count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing):
    sample_criteria()
    return standing


@pytest.fixture
def certificate(standing):
    def declared():
        return declare(
            person=standing.an.person, kind=Kind.EXTERNAL_CERTIFICATE, title="Kỹ năng số cơ bản", occurred_at=NOW,
            details={"issuer": "Bình dân học vụ số"}, token=uuid.uuid4(), by=standing.an, at=NOW,
            upload=inspect(ContentFile(b"%PDF-1.7 thu", name="chung-chi.pdf"), limit=1000),
        )  # fmt: skip

    return declared


def test_everybody_on_a_signed_list_is_told_of_their_title(world, client):
    people = [world.an, another_member(world.chapter, 1)]
    in_effect(world, *[dossier_scored(person, world) for person in people])
    notices = told(titles.AWARDED)
    assert {notice.person for notice in notices} == {person.person for person in people}
    assert opens(client, world.an, next(notice for notice in notices if notice.person == world.an.person))


def test_a_title_that_was_revoked_meanwhile_is_told_as_revoked_alone(world, client):
    in_effect(world, dossier_scored(world.an, world))
    revoke(title=Title.objects.get(), reason="Minh chứng không đúng", by=world.lan, at=AT)
    (notice,) = told(titles.REVOKED)
    assert (notice.person, opens(client, world.an, notice)) == (world.an.person, True)
    send_urgent(at=AT)
    assert told(titles.AWARDED)[0].done_at == AT
    assert told(titles.REVOKED)[0].done_at is None


def test_telling_of_a_longer_list_asks_no_more(world):
    people = [world.an, *(another_member(world.chapter, number) for number in range(1, 4))]
    in_effect(world, *[dossier_scored(person, world) for person in people])
    given = list(Title.objects.all())
    Notice.objects.all().delete()
    few = count_queries(lambda: titles.awarded(titles=given[:1], at=AT))
    assert count_queries(lambda: titles.awarded(titles=given[1:], at=AT)) == few


def test_who_handed_a_certificate_in_is_told_what_came_of_it(standing, certificate, client):
    for _time in range(2):
        confirm(evidence=(shown := certificate()), by=standing.dung, at=NOW)
        confirm(evidence=shown, by=standing.dung, at=NOW)
    refuse(evidence=certificate(), reason="Ảnh mờ", by=standing.dung, at=NOW)
    confirmed, refused = told(certificates.CONFIRMED), told(certificates.REFUSED)
    assert [len(confirmed), len(refused)] == [2, 1]
    assert {notice.person for notice in confirmed + refused} == {standing.an.person}
    assert "Kỹ năng số cơ bản" in refused[0].words
    assert opens(client, standing.an, refused[0])


def test_a_refusal_that_was_answered_meanwhile_is_not_told(standing, certificate):
    refused = refuse(evidence=certificate(), reason="Ảnh mờ", by=standing.dung, at=NOW)
    confirm(evidence=refused, by=standing.dung, at=NOW)
    at = timezone.now().replace(hour=3) + datetime.timedelta(days=1)
    send_urgent(at=at)
    assert told(certificates.REFUSED)[0].done_at == at


def test_who_asks_about_their_data_is_told_that_it_came_and_how_it_is_answered(standing, client):
    at = timezone.now()
    asked = file_request(person=standing.an.person, kind=Clock.SEE, words="", by=standing.an, at=at)
    acknowledge(request=asked, by=standing.dung, at=at)
    grant(request=asked, answer="Đã trao bản in", by=standing.dung, at=at)
    (came,), (answered,) = told(requests.ACKNOWLEDGED), told(requests.ANSWERED)
    assert {came.person, answered.person} == {standing.an.person}
    assert opens(client, standing.an, answered)
    assert not requests.ACKNOWLEDGED.still_due().filter(pk=asked.pk).exists()


def test_who_reports_is_told_a_week_and_a_day_before_and_that_it_is_late(standing, client):
    days = [datetime.datetime(YEAR, 12, day, 7, tzinfo=datetime.UTC) for day in (6, 7, 8, 12, 13, 14, 15, 20)]
    counts = [bool(reports.tell_of_due(at=day)) for day in days]
    assert counts == [False, True, False, False, True, False, True, False]
    for kind in (reports.DUE, reports.LATE):
        notice = next(one for one in told(kind) if one.person == standing.dung.person)
        assert opens(client, standing.dung, notice)
    (one,) = last_days(standing.dung.person_id, datetime.date(YEAR, 12, 14))
    assert (one.begins, one.key) == (datetime.date(YEAR, 12, 14), f"report-{standing.association.pk}-{YEAR}")
    assert not list(last_days(standing.dung.person_id, datetime.date(YEAR, 12, 15)))
    assert not list(last_days(standing.an.person_id, datetime.date(YEAR, 12, 1)))


def test_a_report_that_is_sent_is_due_no_more_and_told_above(world, client):
    report = freeze_report(unit=world.association, year=YEAR, number=1, day=AT.date(), by=world.dung, at=AT)
    for recipient in ("Tỉnh", "Xã"):
        note_sending(report=report, recipient=recipient, way="hand", sent_on=AT.date(), by=world.dung, at=AT)
    (notice,) = told(reports.ARRIVED)
    assert (notice.person, opens(client, world.giang, notice)) == (world.giang.person, True)
    assert not list(last_days(world.dung.person_id, datetime.date(YEAR, 12, 1)))
    reports.tell_of_due(at=datetime.datetime(YEAR, 12, 8, 7, tzinfo=datetime.UTC))
    assert world.dung.person not in {one.person for one in told(reports.DUE)}
