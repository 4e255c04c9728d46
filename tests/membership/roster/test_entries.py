import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from intake.tables import rows
from interface.sheets import xlsx_response
from membership.citizen_ids import citizen_id_of_cell, read_citizen_id
from membership.contacts import normal_form
from membership.roster.columns import HEADINGS, layout, template
from membership.roster.entries import read_entry
from membership.roster.places import Place, Places

CHAPTER = Place(7, "000100010001", "20242-01", "Chi hội khối phố 1", can_have_members=True)
PLACES = Places(CHAPTER, {7: CHAPTER}, frozenset({7}))


def entry(**cells):
    return read_entry({"name": "Trần Thị An", **cells}, PLACES, datetime.date(2026, 12, 1), lambda digits: "#" + digits)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("NGUYỄN THỊ ÁNH", "Nguyễn Thị Ánh"), ("Lê  văn Tám", "Lê văn Tám"), ("NGUYỄN VĂN A", "Nguyễn Văn A"),
     ("Nguyê\u0303n Va\u0306n A", "Nguyễn Văn A")],
)  # fmt: skip
def test_names_in_any_case_and_form(typed, kept):
    assert entry(name=typed)[0].name == kept


@pytest.mark.parametrize(
    ("cells", "born"),
    [
        ({"day": "2/3/1962"}, (1962, "1962-03-02")),
        ({"day": "1962-03-02"}, (1962, "1962-03-02")),
        ({"day": datetime.datetime(1962, 3, 2)}, (1962, "1962-03-02")),
        ({"day": 1962}, (1962, "")),
        ({"year": "1962"}, (1962, "")),
        ({"citizen_id": 49162000123}, (1962, "")),
        ({}, (None, "")),
    ],
)
def test_birth_as_day_or_year(cells, born):
    read, _left_out = entry(**cells)
    assert (read.year, read.day) == born


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"name": "  "}, "không phải họ tên"),
        ({"name": "An 2"}, "không phải họ tên"),
        ({"day": "31/02/1962"}, "Ngày sinh không đúng"),
        ({"day": "2/3/1962", "year": 1963}, "không khớp"),
        ({"year": "62"}, "bốn chữ số"),
        ({"year": 2030}, "Không người còn sống"),
        ({"group": "khách"}, "không phải nhóm đối tượng"),
        ({"citizen_id": "04916200012"}, "mười hai chữ số"),
        ({"citizen_id": "003162000123"}, "ba chữ số đầu"),
        ({"citizen_id": "049162000123", "year": 1963}, "năm khác"),
        ({"citizen_id": "049462000123"}, "chữ số thứ tư"),
    ],
)
def test_a_row_that_cannot_come_in_says_why_and_repeats_no_number(cells, reason):
    with pytest.raises(ValueError, match=reason) as refused:
        entry(**cells)
    assert str(cells.get("citizen_id", "-none-")) not in str(refused.value)


def test_a_citizen_id_is_kept_as_its_mark_alone_wherever_it_stands():
    read, left_out = entry(citizen_id="001 162 000 123", phone="001162000123", address="CCCD 001162000123", code="x")
    assert read.digest == "#001162000123"
    assert "001162000123" not in str({**vars(read), "digest": ""}) + str(left_out)


def test_phones_as_people_and_spreadsheets_write_them():
    for typed in ("0905 123 456", "905123456", "84905123456", "+84 905.123.456"):
        assert normal_form("phone", typed) == "+84905123456"
    for none in ("12345", "001162000123", "0405123456"):
        with pytest.raises(ValidationError):
            normal_form("phone", none)


def test_a_phone_that_is_none_keeps_nobody_out():
    read, left_out = entry(phone="12345", email="an@example.vn")
    assert (read.phone, read.email, len(left_out)) == ("", "an@example.vn", 1)


def test_citizen_ids_tell_the_century():
    assert read_citizen_id("049-303-000-123", None) == ("049303000123", 2003)
    assert citizen_id_of_cell(1162000123.0) == "001162000123"


def test_the_template_is_read_as_it_is_given_out():
    content = xlsx_response(template(), "mau.xlsx").content
    assert list(rows(content, layout())) == []
    book = load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["Danh sách"][1]] == HEADINGS
    for row in list(book["Ví dụ"].values)[1:]:
        book["Danh sách"].append(row)
    filled = io.BytesIO()
    book.save(filled)
    found = list(rows(filled.getvalue(), layout()))
    assert [row.cells["name"] for row in found] == ["Nguyễn Thị Mẫu", "Trần Văn Ví Dụ"]
    assert set(found[0].cells) == set(layout().headings.values())
