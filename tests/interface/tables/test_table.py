import csv
import io

import pytest
from openpyxl import load_workbook

from interface.tables import Column, Table
from membership.models import Person
from tests.factories.evaluation import another_member
from tests.interface.tables import people
from tests.queries import assert_constant_queries

ADDRESS = "/nguoi/"

pytestmark = pytest.mark.urls("tests.interface.tables.people")


@pytest.fixture
def member(standing):
    def add(number, **changed):
        person = another_member(standing.chapter, number).person
        Person.objects.filter(pk=person.pk).update(**changed)
        person.refresh_from_db()
        return person

    return add


@pytest.fixture
def chi(standing, client):
    people.touched.clear()
    client.force_login(standing.chi)
    return client


def names(response):
    return [line.row.full_name for line in response.context["table"].lines]


def everyone(client, **asked):
    found, page = [], 1
    while True:
        answer = client.get(ADDRESS, {**asked, "page": page})
        found += names(answer)
        if not answer.context["table"].next_url:
            return found
        page += 1


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_only_who_may_sees_it_and_only_within_reach(standing, member, client):
    member(1, full_name="Trong tầm")
    assert client.get(ADDRESS).status_code == 302
    client.force_login(standing.an)
    assert client.get(ADDRESS).status_code == 404
    client.force_login(standing.ha)
    assert "Trong tầm" not in everyone(client)
    client.force_login(standing.chi)
    assert "Trong tầm" in everyone(client)


def test_filters_narrow(chi, member):
    member(1, full_name="Hồ Xuân", folded_name="ho xuan", birth_year=1931)
    assert names(chi.get(ADDRESS, {"born": "1931"})) == ["Hồ Xuân"]
    assert names(chi.get(ADDRESS, {"q": "xuan"})) == ["Hồ Xuân"]
    assert names(chi.get(ADDRESS, {"q": "xuan", "born": "1932"})) == []


def test_filter_that_cannot_be_read_says_so_and_shows_and_exports_nobody(chi, member):
    member(1, full_name="Hồ Xuân")
    page = chi.get(ADDRESS, {"born": "xưa"})
    assert names(page) == []
    assert "Nhập một số." in page.content.decode().partition('role="alert"')[2]
    assert "Hồ Xuân" not in chi.get(ADDRESS, {"born": "xưa", "export": "csv"}).getvalue().decode()


def test_filters_and_sorting_stay_until_they_are_forgotten(chi):
    chi.get(ADDRESS, {"born": "1960", "q": "", "xep": "-name"})
    back = chi.get(ADDRESS)
    assert (back.status_code, back.url) == (302, f"{ADDRESS}?born=1960&xep=-name")
    assert chi.get(back.url).status_code == 200
    assert chi.get(ADDRESS, {"page": "2"}).status_code == 200
    assert chi.get(ADDRESS).status_code == 302
    assert chi.get(ADDRESS, {"bo-loc": "1"}).status_code == 200
    assert chi.get(ADDRESS).status_code == 200


def test_emptied_filters_are_forgotten_too(chi):
    chi.get(ADDRESS, {"born": "1960"})
    chi.get(ADDRESS, {"born": "", "q": ""})
    assert chi.get(ADDRESS).status_code == 200


def test_the_session_is_written_only_where_something_changes(chi):
    def writes(asked):
        request = chi.get(ADDRESS, asked).wsgi_request
        return request.session.modified

    assert writes({"born": "1960"})
    assert not writes({"born": "1960"})
    assert not writes({"page": "1"})


def test_columns_sort_both_ways(chi, member):
    for number, year in enumerate([1970, 1950, 1990]):
        member(number, birth_year=year)
    up = everyone(chi, xep="born")
    assert up == list(
        Person.objects.filter(full_name__in=up).order_by("birth_year", "pk").values_list("full_name", flat=True)
    )
    assert everyone(chi, xep="-born")[0] == up[-1]
    heading = chi.get(ADDRESS, {"xep": "born"}).context["table"].headings[1]
    assert (heading.sorted, heading.url) == ("ascending", "?xep=-born")


def test_pages_keep_filters_and_sorting(chi, member):
    for number in range(7):
        member(number, birth_year=1931)
    table = chi.get(ADDRESS, {"born": "1931", "xep": "name", "page": "2"}).context["table"]
    assert table.next_url == "?born=1931&xep=name&page=3"
    assert table.previous_url == "?born=1931&xep=name&page=1"
    assert len(everyone(chi, born="1931")) == 7


@pytest.mark.parametrize(
    "asked",
    [
        {"xep": "password"},
        {"xep": "-user__password"},
        {"xep": "--name"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"born": "x"},
        {"born": "9" * 40},
        {"q": "'; drop table"},
        {"export": "exe"},
        {"bo-loc": ["1", "2"], "q": "x"},
    ],
)
def test_nonsense_in_the_address_is_no_error(chi, asked):
    assert chi.get(ADDRESS, asked).status_code == 200


def test_exports_are_the_filtered_rows_in_their_order_and_defused(chi, member):
    member(1, full_name="=1+1", birth_year=1931)
    member(2, full_name="@SUM(A1)", birth_year=1931)
    for number in range(3, 8):
        member(number, birth_year=1931)
    member(9, birth_year=1932)
    asked = {"born": "1931", "xep": "name"}
    shown = everyone(chi, **asked)
    answer = chi.get(ADDRESS, asked | {"export": "csv"})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["Tên", "Mã", "Sinh"]
    assert [name.removeprefix("'") for name, _code, _born in rows[1:]] == shown
    assert {"'=1+1", "'@SUM(A1)"} <= {row[0] for row in rows}
    book = load_workbook(io.BytesIO(chi.get(ADDRESS, asked | {"export": "xlsx"}).getvalue()))
    cells = list(book.active.iter_rows(min_row=2))
    assert [row[0].value for row in cells] == shown
    assert {row[0].data_type for row in cells} == {"s"}
    assert {row[2].value for row in cells} == {1931}


def test_an_export_holds_only_what_one_may_see(standing, client, member):
    member(1, full_name="Trong tầm")
    client.force_login(standing.ha)
    assert "Trong tầm" not in client.get(ADDRESS, {"export": "csv"}).getvalue().decode()
    client.force_login(standing.an)
    assert client.get(ADDRESS, {"export": "csv"}).status_code == 404


def test_an_action_is_done_with_chosen_rows_and_says_who_is_refused(chi, member):
    fine, old = member(1, full_name="Ổn"), member(2, full_name="Xưa", birth_year=1900)
    no_box = member(3, full_name="Không ô", birth_year=1999)
    answer = chi.post(ADDRESS, {"do": "touch", "row": [fine.pk, old.pk, no_box.pk, fine.pk]}, follow=True)
    assert people.touched == [(fine.code, "")]
    said = told(answer)
    assert len(said) == 3
    assert "1" in said[0]
    assert said[1] == "Xưa: Quá lâu rồi."
    assert said[2].startswith("Không ô: ")


def test_an_action_reaches_no_row_that_one_may_not_see(standing, client, member):
    people.touched.clear()
    hidden = member(1)
    client.force_login(standing.ha)
    client.post(ADDRESS, {"do": "touch", "row": [hidden.pk]})
    client.force_login(standing.an)
    assert client.post(ADDRESS, {"do": "touch", "row": [hidden.pk]}).status_code == 404
    assert people.touched == []


@pytest.mark.parametrize("sent", [[], ["x"], ["9" * 30], ["1; drop"], ["\x00"], ["-1"]])
def test_hostile_keys_choose_nothing(chi, sent):
    answer = chi.post(ADDRESS, {"do": "touch", "row": sent}, follow=True)
    assert answer.status_code in (200, 400)
    assert people.touched == []


@pytest.mark.parametrize("name", ["", "hidden", "delete"])
def test_an_action_that_one_has_not_is_not_there(chi, member, name):
    assert chi.post(ADDRESS, {"do": name, "row": [member(1).pk]}).status_code == 404


def test_what_an_action_asks_for_is_checked(chi, member):
    person = member(1)
    answer = chi.post(ADDRESS, {"do": "note", "row": [person.pk], "note": "x" * 21}, follow=True)
    assert told(answer)
    assert people.touched == []
    chi.post(ADDRESS, {"do": "note", "row": [person.pk], "note": "đúng"})
    assert people.touched == [(person.code, "đúng")]


def test_after_an_action_the_list_stands_as_it_stood(chi, member):
    answer = chi.post(f"{ADDRESS}?born=1931&page=2", {"do": "touch", "row": [member(1).pk]})
    assert answer.url == f"{ADDRESS}?born=1931&page=2"


def test_no_query_grows_with_the_rows(chi, member):
    numbers = iter(range(100))
    assert_constant_queries(lambda: chi.get(ADDRESS), lambda: [member(next(numbers)) for _each in range(5)])


def test_cards_say_what_stands_in_them(chi, member):
    text = chi.get(ADDRESS).text
    assert 'data-label="Sinh"' in text
    assert '<th scope="row">' in text


def test_without_rows_the_empty_state_stands_alone(chi):
    text = chi.get(ADDRESS, {"q": "khong-ai-ten-nay"}).text
    assert "Không có ai" in text
    assert "data-table" not in text


def test_rows_at_hand_sort_too_those_without_a_value_last(rf, standing):
    class Figures(Table):
        columns = [Column(name="figure", label="Số", read=lambda row: row["figure"], order=lambda row: row["figure"])]

    rows = [{"figure": figure} for figure in (3, None, 1)]

    def sorted_by(asked):
        return [row["figure"] for row in Figures(rf.get("/", {"xep": asked}), rows).found]

    assert sorted_by("figure") == [1, 3, None]
    assert sorted_by("-figure") == [3, 1, None]
    assert sorted_by("x") == [3, None, 1]
