"""One row of a roster as plain values. Pure but for the units, which the caller brings."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from intake.old_letters import Letters, letters_of
from intake.tables import day_of_cell, text_of_cell
from interface.card_numbers import without_card_numbers
from interface.vietnamese import fold
from membership.age import is_possible_birth
from membership.citizen_ids import citizen_id_of_cell, read_citizen_id
from membership.contacts import normal_form
from membership.likeness.records import Record, record_of
from membership.models import LONGEST_NAME, ContactKind, ContactPurpose, TargetGroup
from membership.roster.columns import NEW_PERSON
from membership.roster.places import Places

_GROUPS = {
    TargetGroup.RESIDENTS: ("cu dan", "nguoi dan", "nhan dan", "nguoi dan trong xa, phuong", "residents"),
    TargetGroup.WORKERS: ("nguoi lao dong", "cong nhan", "lao dong", "workers"),
    TargetGroup.OFFICIALS: ("can bo", "cong chuc", "vien chuc", "can bo, cong nhan vien, doanh nhan", "doanh nhan",
                            "officials"),
    TargetGroup.STUDENTS: ("hoc sinh", "sinh vien", "hoc sinh, sinh vien", "hoc sinh, sinh vien, hoc vien", "students"),
}  # fmt: skip
_GROUP_OF = {spelling: group for group, spellings in _GROUPS.items() for spelling in spellings}
_PURPOSES = {
    ContactPurpose.NOTICES: ("", "nhan tin", "notices"),
    ContactPurpose.SIGN_IN: ("dang nhap", "sign in"),
    ContactPurpose.REPRESENTATIVE: ("nguoi dai dien", "phu huynh", "nguoi giam ho", "representative"),
}
_PURPOSE_OF = {spelling: purpose for purpose, spellings in _PURPOSES.items() for spelling in spellings}
_CONTACTS = {"phone": ContactKind.PHONE, "email": ContactKind.EMAIL, "address": ContactKind.ADDRESS}


@dataclass(frozen=True)
class Entry:
    """``digest``: the citizen ID as its keyed hash. ``day`` in ISO form. ``group`` and the contacts are empty where the
    row says nothing; ``is_new``: whoever made the list says that this is nobody who stands already.
    """

    name: str
    unit: int
    year: int | None = None
    day: str = ""
    group: str = ""
    code: str = ""
    digest: str = ""
    phone: str = ""
    phone_for: str = ContactPurpose.NOTICES
    email: str = ""
    address: str = ""
    is_new: bool = False

    @cached_property
    def folded(self) -> str:
        return fold(self.name)

    def record(self, place: int | None) -> Record:
        """As it is compared; ``place`` is the commune."""
        day = datetime.date.fromisoformat(self.day) if self.day else None
        return record_of(
            0, self.folded, year=self.year, day=day, place=place, contacts=(self.phone,) if self.phone else (),
            citizen_id_hash=self.digest, emails=(self.email,) if self.email else (), address=self.address,
        )  # fmt: skip

    @property
    def contacts(self) -> list[tuple[str, str, str]]:
        """Kind, value and purpose of each."""
        return [
            (kind.value, value, self.phone_for if kind == ContactKind.PHONE else ContactPurpose.NOTICES.value)
            for name, kind in _CONTACTS.items()
            if (value := getattr(self, name))
        ]


def read_entry(cells: Mapping[str, Any], places: Places, day: datetime.date, digest: Any) -> tuple[Entry, list[str]]:
    """The row, and what of it is left out and why. ``digest`` makes the keyed hash of a citizen ID.

    Raises ValueError in words for a row that cannot come in.
    """
    name = _name(text_of(cells, "name"))
    born, year = _birth(cells, day)
    hashed = ""
    number = citizen_id_of_cell(cells.get("citizen_id"))
    if number:
        digits, year = read_citizen_id(number, year)
        if year > day.year:
            raise ValueError(_("By its fourth digit, the citizen ID is of somebody not born yet."))
        hashed = digest(digits)
    contacts, left_out = _contacts(cells)
    code = text_of(cells, "code").upper()
    is_new = fold(code) == NEW_PERSON
    return Entry(
        name=name, unit=places.find(text_of(cells, "unit_code"), text_of(cells, "unit")).pk, year=year,
        day=born.isoformat() if born else "", group=_group(text_of(cells, "group")), code="" if is_new else code[:12],
        digest=hashed, is_new=is_new, phone_for=_purpose(text_of(cells, "phone_for")), **contacts,
    ), left_out  # fmt: skip


def written_birth(year: int | None, day: str) -> str:
    """As people read it; ``day`` in ISO form."""
    return date_format(datetime.date.fromisoformat(day), "d/m/Y") if day else str(year or "")


def text_of(cells: Mapping[str, Any], name: str) -> str:
    """A cell's words; what is written like a citizen ID is kept nowhere but in its own column."""
    return without_card_numbers(text_of_cell(cells.get(name)))


def _name(text: str) -> str:
    if not fold(text) or any(sign.isdigit() or sign == "…" for sign in text):
        raise ValueError(_("This is no name."))
    if letters_of([text]) not in (Letters.UNICODE, None):
        raise ValueError(_("The name looks as if typed in TCVN3 or VNI, unlike the others: type it in Unicode."))
    if len(text) > LONGEST_NAME:
        raise ValueError(_("A name has at most %(count)d letters.") % {"count": LONGEST_NAME})
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    is_capitals = len(text) > 1 and (text.isupper() or (len(plain) > 1 and all(map(str.isupper, plain))))
    return " ".join(word.capitalize() for word in text.split()) if is_capitals else text


def _birth(cells: Mapping[str, Any], today: datetime.date) -> tuple[datetime.date | None, int | None]:
    born, year = _day(cells.get("day")), _year(text_of(cells, "year"))
    if isinstance(born, int):  # somebody wrote the year alone under “Ngày sinh”
        born, year = None, year or born
    if born and year and born.year != year:
        raise ValueError(_("Birth day and birth year do not agree."))
    year = born.year if born else year
    if year is not None and not is_possible_birth(year, born, today):
        raise ValueError(_("Nobody who lives was born then."))
    return born, year


def _day(cell: Any) -> datetime.date | int | None:
    text = text_of_cell(cell)
    if not text or re.fullmatch(r"\d{4}", text):
        return int(text) if text else None
    day = day_of_cell(cell)
    if day is None:
        raise ValueError(_("The birth day is none. Write day/month/year, or the year alone."))
    return day


def _year(text: str) -> int | None:
    if text and not re.fullmatch(r"\d{4}", text):
        raise ValueError(_("The birth year does not have four figures."))
    return int(text) if text else None


def _group(text: str) -> str:
    group = _GROUP_OF.get(fold(text)) if text else ""
    if group is None:
        raise ValueError(_("“%(text)s” is no target group: see the template.") % {"text": text[:40]})
    return str(group)


def _purpose(text: str) -> str:
    purpose = _PURPOSE_OF.get(fold(text))
    if purpose is None:
        raise ValueError(_("“%(text)s” is no purpose of a phone: see the template.") % {"text": text[:40]})
    return purpose.value


def _contacts(cells: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """A phone that is none keeps nobody out; the sentence does not repeat what stands there. With its country, a phone
    has as many digits as a citizen ID, which in its turn is no phone.
    """
    kept, left_out = {}, []
    for name, kind in _CONTACTS.items():
        text = text_of_cell(cells.get(name)) if kind == ContactKind.PHONE else text_of(cells, name)
        try:
            kept[name] = normal_form(kind, text) if text else ""
        except ValidationError:
            left_out.append(_("Not kept, for it is none: %(what)s.") % {"what": kind.label})
    return kept, left_out
