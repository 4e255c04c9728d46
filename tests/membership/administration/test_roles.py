import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from intake.models import Import
from membership.actions import grant_role
from membership.models import Membership, Role
from tests.factories.people import PersonFactory
from tests.membership.administration.test_views import get, text


@pytest.fixture
def office(standing):
    return Membership.objects.get(person=standing.chi.person, role=Role.CHAPTER_OFFICER)


def handed_over(client, user, office, successor, day):
    client.force_login(user)
    said = {"successor": successor.code, "day": day.isoformat()}
    return client.post(reverse("role_list:hand_over", args=[office.pk]), said, follow=True)


def test_office_passes_to_who_comes_after_and_both_are_told(client, standing, office, today, mailoutbox):
    assert reverse("role_list:hand_over", args=[office.pk]) in text(get(client, standing.dung, "roles:edit", office.pk))
    day = today + datetime.timedelta(days=7)
    page = text(handed_over(client, standing.dung, office, standing.an.person, day))
    office.refresh_from_db()
    assert office.valid_to == day
    given = Membership.objects.get(person=standing.an.person, role=Role.CHAPTER_OFFICER)
    assert (given.unit, given.valid_from) == (standing.chapter, day)
    assert [letter.to for letter in mailoutbox] == [["chi@example.vn"], ["an@example.vn"]]
    assert "mã từ ứng dụng" in mailoutbox[1].body
    assert "Hãy báo trực tiếp" not in page


def test_whom_no_letter_reaches_is_named(client, standing, office, today):
    successor = PersonFactory(full_name="Lê Thị Hòa")
    page = text(handed_over(client, standing.dung, office, successor, today + datetime.timedelta(days=1)))
    assert f"Lê Thị Hòa ({successor.code})" in page


def test_nobody_hands_over_to_themselves_or_beyond_their_reach(client, standing, office, today):
    page = text(handed_over(client, standing.dung, office, standing.dung.person, today))
    assert "tự giao" in page
    assert "người khác" in text(handed_over(client, standing.dung, office, standing.chi.person, today))
    assert Membership.objects.filter(role=Role.CHAPTER_OFFICER, unit=standing.chapter).count() == 1
    assert handed_over(client, standing.ha, office, standing.an.person, today).status_code == 404
    own = Membership.objects.get(person=standing.dung.person, role=Role.COMMUNE_OFFICER)
    assert handed_over(client, standing.dung, own, standing.an.person, today).status_code == 404


def test_who_holds_what_where_is_searched_and_taken_along(client, standing, today, at):
    later = today + datetime.timedelta(days=9)
    grant_role(
        person=standing.an.person, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=later, by=None, at=at
    )
    offices = {"role": "offices", "unit": standing.chapter.pk}
    shown = text(get(client, standing.dung, "roles:index", **offices, when="now"))
    assert standing.chi.person.full_name in shown
    assert standing.an.person.full_name not in shown
    assert standing.dung.person.full_name not in shown
    assert standing.an.person.full_name in text(get(client, standing.dung, "roles:index", **offices, when="later"))
    taken = get(client, standing.dung, "roles:index", **offices, export="xlsx")
    cells = list(load_workbook(io.BytesIO(taken.getvalue())).active.iter_rows(values_only=True))
    assert [row[1] for row in cells if standing.chapter.code in row] == [
        standing.an.person.code,
        standing.chi.person.code,
    ]


def test_what_was_taken_along_can_be_brought_in(client, standing, office):
    taken = get(client, standing.dung, "roles:index", role="offices", unit=standing.chapter.pk, export="xlsx")
    file = io.BytesIO(taken.getvalue())
    file.name = "vai-tro.xlsx"
    client.post(reverse("role_list:upload"), {"file": file})
    batch = Import.objects.get()
    assert [line.outcome for line in batch.lines.all()] == ["same"]
    page = text(get(client, standing.dung, "role_list:plan", batch.pk))
    assert standing.chi.person.full_name in page
    assert text(get(client, standing.dung, "role_list:upload"))
    assert get(client, standing.dung, "role_list:template").status_code == 200
