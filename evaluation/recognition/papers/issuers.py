"""Who issues a paper, and from where, as Nghị định 30/2020/NĐ-CP has it written: told from the unit."""

import datetime

from django.utils.text import capfirst

from evaluation.recognition.papers.signing import is_committee
from membership.models import Unit, UnitKind
from papers.paper import in_words

_PLACE_PREFIXES = ("Phường ", "Xã ", "Đặc khu ", "Thị trấn ", "Thành phố ", "Tỉnh ")
_COMMITTEE = "Ủy ban nhân dân "
_SYMBOLS = {
    UnitKind.PROVINCE: "UBND",
    UnitKind.COMMUNE: "UBND",
    UnitKind.ASSOCIATION: "HKH",
    UnitKind.CHAPTER: "CHKH",
}


def issuer_of(unit: Unit) -> str:
    """Who recognises there: "Ủy ban nhân dân phường Hải Châu", or the agency or school itself."""
    return f"{_COMMITTEE}{lower_first(unit.name)}" if is_committee(unit) else unit.name


def number_and_symbol(number: str, kind: str, unit: Unit) -> str:
    """ "Số: 125/QĐ-UBND", or with room to write the number in."""
    return f"Số: {number}" if number else f"Số: {' ' * 8}/{kind}-{symbol_of(unit)}"


def symbol_of(unit: Unit) -> str:
    """The abbreviation of who issues: UBND, HKH, or the initials of an agency's or school's name."""
    known = _SYMBOLS.get(UnitKind(unit.kind))
    return known or "".join(word[0] for word in unit.name.split() if word[0].isalpha()).upper()


def place_and_date(unit: Unit, day: datetime.date | None) -> str:
    return f"{seat_of(unit)}, {in_words(day)}"


def seat_of(unit: Unit) -> str:
    """The place named in the date line: "Hải Châu", also for its association."""
    name = unit.name.removeprefix("Hội Khuyến học ")
    return place_of(Unit(name=capfirst(name)))


def seat_named(body: str) -> str:
    """The place in the name of a body that issues: "Hải Châu" of "Ủy ban nhân dân phường Hải Châu"."""
    return seat_of(Unit(name=capfirst(body.removeprefix(_COMMITTEE))))


def place_of(unit: Unit) -> str:
    """ "Hải Châu" of "Phường Hải Châu": the place in "Hải Châu, ngày 05 tháng 02 năm 2026"."""
    prefix = next((prefix for prefix in _PLACE_PREFIXES if unit.name.startswith(prefix)), "")
    return unit.name.removeprefix(prefix)


def association_beneath(unit: Unit) -> Unit | None:
    """Which asks for the unit's decisions."""
    return Unit.objects.filter(path__startswith=unit.path, kind=UnitKind.ASSOCIATION).first()


def association_above(unit: Unit) -> str:
    """By its name, the association to which the unit's papers go up: the nearest above, for a commune's own that of the
    province."""
    for place in unit.get_ancestors().order_by("-depth"):
        if place.kind == UnitKind.ASSOCIATION:
            return place.name
        beside = Unit.objects.filter(path__startswith=place.path, kind=UnitKind.ASSOCIATION, depth=place.depth + 1)
        if place.kind == UnitKind.COMMUNE and (own := beside.exclude(pk=unit.pk).first()):
            return own.name
        if place.kind == UnitKind.PROVINCE:
            return association_of_province(place)
    return association_of_province(unit) if unit.kind == UnitKind.PROVINCE else "Hội Khuyến học cấp trên"


def association_of_province(unit: Unit) -> str:
    return f"Hội Khuyến học {lower_first(unit.name)}"


def lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]
