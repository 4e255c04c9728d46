"""The reform of 1 July 2025 as shipped: the units of then and of before, and the decree that makes those of these."""

import csv
import datetime
import gzip
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interface.vietnamese import fold
from membership.decrees.sheet import HEADINGS
from membership.models import UnitKind

DATA = Path(__file__).resolve().parent.parent / "data"
# Since this day there are two levels of local government, and 34 provinces.
REFORM = datetime.date(2025, 7, 1)
_TITLES = ("Thành phố ", "Tỉnh ")


def reform_of(province: str) -> list[tuple[str, ...]]:
    """The decree's table, headings first: the old provinces that became this one, their districts, their communes. Of a
    commune that was split no part takes the rest: nobody shipped says where its people went.

    Raises ValidationError for a province that is none.
    """
    chosen = province_called(province)
    names = {row["code"]: row["name"] for row in new_rows() if chosen["code"] in (row["code"], row["parent_code"])}
    lines: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in old_rows():
        new, district = row["successor_code"], row["legacy_district_code"]
        if new not in names:
            continue
        before = row["legacy_province_code"]
        lines[before, ""] = (before, chosen["code"], chosen["name"], "", "", "", f"{REFORM:%d/%m/%Y}")
        code = row["legacy_code"] or district
        lines[code, new] = (code, new, names[new], "Xã", chosen["code"], "", "")
        if row["legacy_code"]:
            lines.setdefault((district, ""), (district, "", "", "", "", "", ""))
    return [HEADINGS, *lines.values()]


def province_called(text: str) -> dict[str, str]:
    """By its code or name. Raises ValidationError, naming all there are."""
    provinces = [row for row in new_rows() if row["level"] == UnitKind.PROVINCE]
    asked = fold(text)
    for row in provinces:
        if asked in {row["code"], fold(row["name"]), fold(_bare(row["name"]))}:
            return row
    listed = ", ".join(f"{_bare(row['name'])} ({row['code']})" for row in provinces)
    raise ValidationError(_("“%(text)s” is no province. These are: %(listed)s.") % {"text": text, "listed": listed})


def new_rows() -> Iterator[dict[str, str]]:
    with (DATA / "units_2025.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def old_rows() -> Iterator[dict[str, str]]:
    with gzip.open(DATA / "units_until_2025.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _bare(name: str) -> str:
    """ "Đà Nẵng" of "Thành phố Đà Nẵng"."""
    return name.removeprefix(_TITLES[0]).removeprefix(_TITLES[1])
