"""The number on a citizen's identity card: read, checked, and then only ever kept as a keyed hash. Pure.

Its twelve digits are the province of birth (three, by the map of 63 provinces, which the cards keep), century and sex,
two digits of the birth year, and a number of six: Thông tư 59/2021/TT-BCA, điều 4.
"""

import re

from django.utils.translation import gettext as _

_PROVINCES = frozenset(
    (1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
     46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
     93, 94, 95, 96)
)  # fmt: skip
_LENGTH = 12
_FIRST_CENTURY = 1900
_BETWEEN = re.compile(r"[\s.\-]+")


def read_citizen_id(text: str, birth_year: int | None) -> tuple[str, int]:
    """The digits, and the birth year that they tell. Raises ValueError, in words that do not repeat the number."""
    digits = _BETWEEN.sub("", text)
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise ValueError(_("The citizen ID does not have twelve digits."))
    if int(digits[:3]) not in _PROVINCES:
        raise ValueError(_("No province has the first three digits of the citizen ID."))
    year = _FIRST_CENTURY + 100 * (int(digits[3]) // 2) + int(digits[4:6])
    if birth_year is not None and year != birth_year:
        raise ValueError(_("The citizen ID is of somebody born in another year."))
    return digits, year


def citizen_id_of_cell(cell: object) -> str:
    """As text; where a spreadsheet made a number of it, with the zeros that it took away."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"{cell:.0f}".zfill(_LENGTH)
    return "" if cell is None else str(cell).strip()
