"""Who was there gets a paper and a badge when the session is closed, and a page that says whether they hold."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from badges import keys
from badges.credentials import status_for
from badges.findings import find, read_badge
from badges.kinds import page_of
from learning.evidence.actions import withdraw
from learning.evidence.models import Evidence
from learning.sessions import notices
from learning.sessions.actions import (
    How,
    check_in,
    erase_certificates,
    move_certificates,
    note_attendance,
    revoke_certificate,
)
from learning.sessions.codes import ticket_for
from learning.sessions.duration import days_between, hours_of
from learning.sessions.export import sessions_part
from learning.sessions.models import AttendanceCertificate, State
from learning.sessions.rollup import tallies
from membership.actions.records import carry_over
from membership.models import FileAccess, Person
from notices.models import Notice
from tests.learning.sessions.test_planning import go, planned

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def held(standing):
    """Chi and An were there; Dũng, who holds it, says so of himself."""
    held = planned(standing, starts_at=timezone.now() - 3 * HOUR, ends_at=timezone.now())
    people = [standing.chi.person, standing.dung.person]
    note_attendance(session=held, people=people, how=How.LIST, by=standing.dung, at=timezone.now())
    check_in(ticket=ticket_for(held.pk), by=standing.an, at=timezone.now())
    return go(held, "close", standing.dung)


@pytest.fixture
def given(held, standing):
    return AttendanceCertificate.objects.get(person=standing.an.person)


def page(name, given, *more):
    return reverse(f"sessions:{name}", args=[given.code, *more])


def test_closing_gives_one_to_whom_somebody_else_vouches_for_and_nobody_for_themselves(held, standing):
    people = set(AttendanceCertificate.objects.values_list("person", flat=True))
    assert people == {standing.an.person_id, standing.chi.person_id}
    told = Notice.objects.filter(kind=notices.CERTIFIED.key).values_list("person", flat=True)
    assert set(told) == people


def test_closed_again_only_who_came_since_gets_one(held, standing):
    go(held, "reopen", standing.giang)
    note_attendance(
        session=held, people=[standing.dung.person], how=How.LIST, by=standing.giang, at=timezone.now()
    )  # fmt: skip
    assert go(held, "close", standing.giang).state == State.CLOSED
    assert AttendanceCertificate.objects.count() == 3


def test_who_withdrew_their_consent_is_given_none(standing):
    held = planned(standing, starts_at=timezone.now() - HOUR, ends_at=timezone.now())
    note_attendance(session=held, people=[standing.an.person], how=How.LIST, by=standing.dung, at=timezone.now())
    Person.objects.filter(pk=standing.an.person_id).update(withdrawn_at=timezone.now())
    go(held, "close", standing.dung)
    assert not AttendanceCertificate.objects.exists()


def test_the_paper_says_who_was_where_and_how_long(client, standing, held, given):
    client.force_login(standing.an)
    paper = page("paper", given)
    assert paper in client.get(reverse("sessions:page", args=[held.pk])).text
    assert held.title in client.get("/buoi-tap-huan/").text
    answer = client.get(paper)
    text = " ".join(PdfReader(io.BytesIO(answer.getvalue())).pages[0].extract_text().split())
    for said in ("Trần Thị An", held.title, "đã dự buổi tập huấn", "3 giờ", given.code, "xac-minh"):
        assert said in text


def test_only_who_was_there_and_who_holds_it_get_the_files_and_the_person_sees_who(client, standing, given):
    addresses = [page("paper", given), page("badge", given, "json")]
    for who, status in (("an", 200), ("chi", 404), ("ha", 404), ("minh", 404), ("dung", 200)):
        client.force_login(getattr(standing, who))
        assert [client.get(address).status_code for address in addresses] == [status, status], who
    seen = FileAccess.objects.filter(person=standing.an.person).values_list("user", flat=True)
    assert set(seen) == {standing.dung.pk}


def test_anyone_verifies_it_on_the_page_for_all_codes_until_it_is_struck_off(client, standing, given):
    client.force_login(standing.an)
    badge = read_badge(client.get(page("badge", given, "json")).text, keys.public_keys(), timezone.now())
    client.logout()
    answer = client.get("/xac-minh/", {"code": given.code.lower()}, follow=True)
    assert "Chứng nhận này còn giá trị" in answer.text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    withdraw(
        evidence=Evidence.objects.get(person=standing.chi.person), reason="Nhầm", by=standing.dung, at=timezone.now()
    )  # fmt: skip
    assert not find(badge, keys.public_keys(), timezone.now(), status_for(badge, timezone.now())).is_revoked
    AttendanceCertificate.objects.filter(pk=given.pk).update(revoked_at=timezone.now())
    assert find(badge, keys.public_keys(), timezone.now(), status_for(badge, timezone.now())).is_revoked
    assert "không còn giá trị" in client.get(page("verify", given)).text


def test_who_is_struck_off_has_none_any_more(client, standing, held, given):
    theirs = Evidence.objects.get(person=standing.chi.person)
    withdraw(evidence=theirs, reason="Ghi nhầm", by=standing.dung, at=timezone.now())
    assert list(AttendanceCertificate.objects.standing()) == [given]
    revoked = AttendanceCertificate.objects.get(person=standing.chi.person)
    client.force_login(standing.dung)
    assert client.get(page("paper", revoked)).status_code == 410


def test_merged_records_keep_it_and_an_erasure_takes_it_away(client, standing, given):
    again = planned(standing)
    other = AttendanceCertificate.objects.create(session=again, person=standing.chi.person, issued_at=timezone.now())
    move_certificates(duplicate=standing.chi.person, into=standing.an.person, by=None, at=timezone.now())
    other.refresh_from_db()
    assert other.person == standing.an.person
    assert AttendanceCertificate.objects.filter(person=standing.chi.person).count() == 1
    assert len(sessions_part(standing.an.person)["attendance_certificates"]) == 2
    erase_certificates(person_ids=[standing.an.person_id, standing.chi.person_id])
    assert not AttendanceCertificate.objects.filter(person__isnull=False).exists()
    assert client.get(page("verify", given)).status_code == 404


def test_records_that_became_one_count_once_and_the_session_is_listed_once(standing, held, given):
    carry_over(duplicate=standing.chi.person, into=standing.an.person, by=standing.dung, at=timezone.now())
    assert AttendanceCertificate.objects.standing().count() == 2  # a code that somebody noted still leads somewhere
    assert list(AttendanceCertificate.objects.for_list(standing.an.person_id)) == [given]
    year = timezone.localdate(held.starts_at).year
    rows = tallies(held.unit, year)
    assert [row.present for row in rows] == [row.people for row in rows] == [1]
    go(held, "reopen", standing.giang)
    assert [row.present for row in tallies(held.unit, year)] == [0]


def test_who_noted_their_other_record_certifies_nothing_to_themselves(held, standing, given):
    carry_over(duplicate=standing.chi.person, into=standing.dung.person, by=standing.giang, at=timezone.now())
    assert list(AttendanceCertificate.objects.standing()) == [given]


def test_attendance_at_no_session_of_ours_is_taken_back(standing, given):
    told = Evidence.objects.get(person=standing.an.person)
    told.details = {"place": "Nhà văn hóa"}
    revoke_certificate(evidence=told, at=timezone.now())
    assert AttendanceCertificate.objects.standing().filter(pk=given.pk).exists()


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [((5, 8, 0), (5, 11, 30), 3.5), ((5, 8, 0), (7, 11, 0), 9), ((5, 20, 0), (6, 8, 0), 12)],
)
def test_of_several_days_each_has_the_same_hours(begins, ends, hours):
    assert hours_of(days_between(datetime.datetime(2026, 5, *begins), datetime.datetime(2026, 5, *ends))) == hours


def test_the_public_page_is_closed_while_the_consent_is_withdrawn(client, standing, given):
    person = Person.objects.filter(pk=standing.an.person_id)
    for withdrawn_at, status in ((None, 200), (timezone.now(), 404), (None, 200)):
        person.update(withdrawn_at=withdrawn_at)
        assert client.get(page("verify", given)).status_code == status
        assert bool(page_of(given.code)) == (status == 200)  # nor does the form for all codes know it
