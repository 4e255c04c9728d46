import pytest

from interface.card_numbers import has_card_number, without_card_numbers


@pytest.mark.parametrize(
    "text",
    [
        "Hồ 049158770123",
        "Hồ 0491 – 5877 - 0123",
        "Hồ 049.158.770.123",
        "Hồ 49158770123",
        "Hồ 1158770123",
        "1.049158770123",
        "danh-sach-049158770123.csv",
        "049158770123 0905123456",
    ],
)
def test_a_citizen_id_is_taken_out_however_it_is_written_and_whatever_zeros_a_spreadsheet_took(text):
    assert has_card_number(text)
    assert "770" not in without_card_numbers(text)


def test_two_beside_each_other_are_both_taken_out():
    assert without_card_numbers("049158770123/1158770123") == "…/…"


@pytest.mark.parametrize(
    "text",
    [
        "01/12/2026-15/12/2026",
        "84905123456",
        "+84 905 123 456",
        "0905123456 - 0912345678",
        "0905 123 456 - 0912 345 678",
        "danh-sach-20261201-0830.csv",
        "2026-12-01 08:30",
    ],
)
def test_phones_and_days_stay(text):
    assert without_card_numbers(text) == text
