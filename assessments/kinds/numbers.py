"""Numbers as people write them: 1.234,5 in Vietnamese, 1,234.5 in English, and what stands behind as the unit."""

import re
from decimal import Decimal

from interface.vietnamese import fold

_NUMBER = re.compile(
    r"(?P<sign>[-+\u2212]?)\s*(?P<digits>\d[\d.,]*(?:[ \u00a0\u202f]\d{3}(?!\d)[\d.,]*)*|[.,]\d+)"
    r"(?:\s?[eE](?P<power>[-+]?\d{1,2})(?!\d))?"
)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*")


def split_unit(text: str) -> tuple[frozenset[Decimal], str]:
    """The readings of the number that the text begins with, and the rest. No number: no readings."""
    found = _NUMBER.match(text.strip())
    if not found:
        return frozenset(), text.strip()
    rest = text.strip()[found.end() :].strip()
    digits = re.sub(r"[ \u00a0\u202f]", "", found["digits"]).rstrip(".,")
    factor = Decimal(-1 if found["sign"] in ("-", "\u2212") and found["sign"] else 1)
    power = Decimal(10) ** int(found["power"] or 0)
    return frozenset(Decimal(plain) * factor * power for plain in _plain(digits)), rest


def readings(text: str) -> frozenset[Decimal]:
    """Every value that the text can mean if it is a number and nothing else: "1.234" is 1234 or 1.234."""
    values, rest = split_unit(text)
    return frozenset() if rest else values


def canonical(number: Decimal) -> str:
    """In one form, with a point and without idle zeros: as numbers are stored."""
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def unambiguous(text: str) -> str:
    """A canonical number with a comma; with one more zero where 1,234 would also read as a thousand and more."""
    written = text.replace(".", ",")
    return f"{written}0" if len(readings(written)) > 1 else written


def same_unit(one: str, other: str) -> bool:
    return fold(one).replace(" ", "").strip(".") == fold(other).replace(" ", "").strip(".")


def _plain(digits: str) -> set[str]:
    marks = {mark for mark in digits if mark in ".,"}
    if not marks:
        return {digits}
    if len(marks) == 2:
        last = max(digits.rfind("."), digits.rfind(","))
        whole, part = digits[:last], digits[last + 1 :]
        is_sound = digits.count(digits[last]) == 1 and _GROUPED.fullmatch(whole)
        return {f"{re.sub('[.,]', '', whole)}.{part}"} if is_sound else set()
    mark = marks.pop()
    found = {digits.replace(mark, "")} if _GROUPED.fullmatch(digits) else set()
    return found | {f"0{digits.replace(mark, '.')}"} if digits.count(mark) == 1 else found
