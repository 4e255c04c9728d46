"""Codes of units: for those that the state's map does not name, that of what they stand beneath, the kind, a number;
and as files have them."""

from collections.abc import Container

from membership.models import Unit, UnitKind

_LETTERS = {
    UnitKind.ASSOCIATION: "HKH",
    UnitKind.CHAPTER: "CH",
    UnitKind.AGENCY: "CQ",
    UnitKind.SCHOOL: "TH",
    UnitKind.DEPARTMENT: "PB",
    UnitKind.MASS_BODY: "DT",
}


def next_code(parent: Unit, kind: UnitKind) -> str:
    """The first that was never borne: "20242-CH7" beneath "20242-HKH"."""
    start = f"{parent.code.removesuffix('-HKH')}-{_LETTERS[kind]}"
    borne = set(Unit.objects.filter(code__startswith=start).values_list("code", flat=True))
    if kind == UnitKind.ASSOCIATION and start not in borne:
        return start
    return next(code for number in range(1, len(borne) + 2) if (code := f"{start}{number}") not in borne)


def as_borne(code: str, borne: Container[str]) -> str:
    """A spreadsheet takes "07210" for a number and drops its zero: the code of five digits, or of two, that is
    borne."""
    if not code.isdigit() or code in borne:
        return code
    return next((whole for length in (5, 2) if (whole := code.zfill(length)) in borne), code)
