import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from membership.actions import print_slip, use_slip
from membership.models import Membership, Role, Slip
from membership.slips.codes import code_hash
from papers.codes import new_code
from tests.factories.people import START, PersonFactory, grant
from tests.queries import assert_constant_queries

PEOPLE, PRINT, WAITING, USE = (f"/phieu-dang-nhap/{page}" for page in ("", "in/", "xac-nhan/", "da-dung/"))


@pytest.fixture
def as_(standing):
    def signed_in(who):
        client = Client()
        client.force_login(getattr(standing, who))
        return client

    return signed_in


@pytest.fixture
def neighbours(standing):
    people = [PersonFactory(full_name=f"Lê Thị Hàng Xóm {number}") for number in range(9)]
    Membership.objects.bulk_create(
        Membership(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START) for person in people
    )
    return people


@pytest.mark.parametrize("desk", [PEOPLE, WAITING, USE])
@pytest.mark.parametrize(("who", "status"), [("an", 404), ("lan", 404), ("binh", 404), ("chi", 200), ("giang", 200)])
def test_desk_is_open_to_who_gives_access(as_, desk, who, status):
    assert as_(who).get(desk).status_code == status


def test_list_holds_the_people_within_reach(as_, neighbours):
    assert "Hàng Xóm 1" in as_("chi").get(PEOPLE, {"q": "hang xom 1"}).content.decode()
    assert "Hàng Xóm 1" not in as_("ha").get(PEOPLE, {"q": "hang xom 1"}).content.decode()


def test_list_asks_no_more_for_more_people(as_, standing, neighbours):
    client = as_("chi")

    def add():
        for person in PersonFactory.create_batch(5):
            Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=START)

    assert_constant_queries(lambda: client.get(PEOPLE), add)


def test_slips_come_as_a_paper_of_eight_a_page_and_the_code_is_in_none_of_its_rows(as_, neighbours):
    answer = as_("chi").post(PRINT, {"person": [person.pk for person in neighbours]})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert [text.count("Mã dùng một lần") for text in pages] == [8, 1]
    printed = {code_hash(code) for text in pages for code in re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)}
    assert printed == set(Slip.objects.values_list("code_hash", flat=True))


def test_who_is_beyond_reach_is_not_printed_for(as_, neighbours):
    answer = as_("ha").post(PRINT, {"person": [neighbours[0].pk]})
    assert (answer.status_code, Slip.objects.count()) == (302, 0)


def test_the_others_are_told_with_the_reason(as_, standing, neighbours):
    client = as_("dung")
    client.post(PRINT, {"person": [neighbours[0].pk, standing.chi.person.pk]})
    page = client.get(PEOPLE).content.decode()
    assert "Phạm Thị Chi:" in page
    assert Slip.objects.count() == 1


def test_second_officer_confirms_on_the_page(as_, standing, at):
    slip = print_slip(person=standing.an.person, code=new_code(), by=standing.chi, at=at)
    assert "Trần Thị An" not in as_("chi").get(WAITING).content.decode()
    assert as_("chi").post(WAITING, {"do": "confirm", "row": [slip.pk]}).status_code == 302
    slip.refresh_from_db()
    assert slip.confirmed_at is None
    as_("dung").post(WAITING, {"do": "confirm", "row": [slip.pk]})
    slip.refresh_from_db()
    assert slip.confirmed_by == standing.dung


def test_many_on_one_device_stand_out_for_the_level_above(as_, standing, neighbours, at):
    for person in neighbours[:5]:
        slip = print_slip(person=person, code=new_code(), by=standing.chi, at=at)
        use_slip(slip=slip, password="bốn từ lạ lùng", browser="one", address=person.code, at=at)
    print_slip(person=neighbours[5], code=new_code(), by=standing.dung, at=at)
    for above in ("dung", "giang"):
        page = as_(above).get(USE).content.decode()
        assert "Phạm Thị Chi" in page
        assert "tag--warning" in page
    grant(standing.dung, Role.MEMBER, standing.chapter)
    assert "Phạm Thị Chi" in as_("dung").get(USE).content.decode()
    assert "Võ Văn Dũng" not in as_("dung").get(USE).content.decode()
    assert "Phạm Thị Chi" not in as_("chi").get(USE).content.decode()
