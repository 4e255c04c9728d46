"""Tables as people have them, and as those make them who mean harm."""

import datetime
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from intake.plan import UnreadableError
from intake.tables import Layout, day_of_cell, lines, rows, text_of_cell, workbook

LAYOUT = Layout({"ma": "code", "ho ten": "name", "ho va ten": "name"}, lambda found: bool(found), "Thiếu cột.")


def sheet(*lines, title=None):
    book = Workbook()
    book.active.title = title or "Sheet"
    for line in lines:
        book.active.append(line)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def packed(content, changes):
    """The workbook with parts of it replaced, or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.pop(name, None) or old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return made.getvalue()


def read(content):
    return [(row.line, row.cells.get("code"), row.cells.get("name")) for row in rows(content, LAYOUT)]


@pytest.mark.parametrize("heading", [["STT", "MÃ", "Họ tên"], ["stt", "ma", "HO  VA TEN"]])
def test_headings_may_stand_lower_and_in_any_spelling(heading):
    content = sheet(["Danh sách"], [], heading, [1, "A1", "An"], [], [2, None, "Bình"], [3, " ", None])
    assert read(content) == [(4, "A1", "An"), (6, None, "Bình"), (7, " ", None)]


@pytest.mark.parametrize(
    "content",
    [
        "Mã;Họ tên\nA1;An\n".encode(),
        "\ufeffMã,Họ tên\r\nA1,An\r\n".encode(),
        "Mã\tHọ tên\nA1\tAn".encode("utf-16"),
        'Ghi chú: một, hai\n"Mã";"Họ tên";"x";"y"\n"A1";"An";"1, 2";""'.encode(),
    ],
    ids=["semicolon", "marked", "utf-16", "quoted"],
)
def test_text_files_are_read_however_they_part_their_columns(content):
    assert [row[1:] for row in read(content)] == [("A1", "An")]


def test_the_first_of_two_columns_with_one_heading_counts():
    assert read(sheet(["Họ tên", "Họ và tên"], ["An", "Bình"])) == [(2, None, "An")]


def test_headings_beyond_the_first_rows_are_none():
    with pytest.raises(UnreadableError, match="Thiếu cột"):
        read(sheet(*[["x"]] * 20, ["Mã"], ["A1"]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"PK\x03\x04 hong",
        b"M\xe1,B",
        b"\x00\x01\x02",
        b"M\xc3\xa3,T\xc3\xaan\nA1,An\0",
        b'a,"' + b"x" * 140_000,
    ],
)
def test_what_is_no_table_is_said_in_words(content):
    with pytest.raises(UnreadableError):
        list(rows(content, LAYOUT))


@pytest.mark.parametrize("old", ["NguyÔn V¨n ¸nh; TrÇn ThÞ H­¬ng«i c«ng d©n", "Nguyeãn Vaên Ñaïi, Coâng daân, Hoâi"])
def test_what_was_typed_before_unicode_is_refused(old):
    with pytest.raises(UnreadableError, match="TCVN3"):
        read(sheet(["Mã", "Họ tên"], *[["A", old]] * 3))


def test_vietnamese_of_today_is_no_old_encoding():
    assert len(read(sheet(["Mã", "Họ tên"], *[["A", "Nguyễn Văn Đại, Trần Thị Hương Ngoãn"]] * 50))) == 50


def test_a_sheet_is_found_by_its_name_or_is_the_first():
    book = load_workbook(BytesIO(sheet(["một"])))
    book.create_sheet("Hai").append(["hai"])
    content = BytesIO()
    book.save(content)
    for asked, text in (("Hai", "hai"), ("Ba", "một")):
        assert [cell for cells in lines(content.getvalue(), asked) for cell in cells if cell] == [text]


HARM = {
    "entities": {"xl/workbook.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook/>'},
    "hidden entities": {"xl/workbook.xml": '<?xml version="1.0"?><!DOCTYPE x []><workbook/>'.encode("utf-16")},
    "long prologue": {"xl/workbook.xml": b"<!--" + b"x" * 70_000 + b"--><!DOCTYPE x []><workbook/>"},
    "thin": {"xl/media/a.bin": b"\0" * 50_000_000},
    "many": {f"xl/{number}.bin": b"x" for number in range(5_001)},
    "cut": {"xl/workbook.xml": b"<workbook"},
}


@pytest.mark.parametrize("changes", HARM.values(), ids=HARM)
def test_what_is_made_to_do_harm_is_refused(changes):
    with pytest.raises(UnreadableError):
        list(lines(packed(sheet(["Mã"]), dict(changes))))
    if len(changes) > 1 or next(iter(changes)) != "xl/workbook.xml":
        with pytest.raises(UnreadableError):
            workbook(packed(sheet(["Mã"]), dict(changes)))


@pytest.mark.parametrize(
    "cell", ["2/3/1962", "02.03.1962", "2-3-1962", "1962-03-02", "1962-03-02 00:00:00", datetime.datetime(1962, 3, 2)]
)
def test_days_as_people_and_spreadsheets_write_them(cell):
    assert day_of_cell(cell) == datetime.date(1962, 3, 2)


def test_what_is_no_day_is_none_and_a_whole_number_has_no_point():
    assert [day_of_cell(cell) for cell in ("31/02/1962", "1962", "", None)] == [None] * 4
    assert [text_of_cell(cell) for cell in (20242.0, 1.5, "  a  b ", None)] == ["20242", "1.5", "a b", ""]
