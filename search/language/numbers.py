"""Numbers of official documents in any spelling: "QĐ 677", "677/QĐ-TTg" and "quyết định số 677" are comparable.

A number has up to four parts: the figure, the year, the kind of document (qd) and who issued it (ttg). What a person
types seldom has all of them; a document is found by each combination that begins with the figure.
"""

import re
import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from interface.vietnamese import fold

_KNOWN = tomllib.loads((Path(__file__).resolve().parents[1] / "data" / "numbers.toml").read_text(encoding="utf-8"))
_ISSUERS, _COUNTED = frozenset(_KNOWN["issuers"]), frozenset(_KNOWN["counted"])
KINDS: dict[str, str] = _KNOWN["kinds"]
_SIGNS = frozenset(KINDS.values()) - {"luat", "cv"}
_LAW = re.compile(r"qh\d{1,2}")
_PRINTED = re.compile(
    r"(?<![\w/.,-])(\d{1,5})\s*[/\-._]\s*(?:((?:19|20)\d\d)\s*[/\-]\s*)?"
    r"([a-z]{2,8}\d{0,2})((?:\s*[\-/]\s*[a-z]{2,}\d{0,2}){0,3})"
)
_ANY_ISSUER = "|".join(sorted(_ISSUERS, key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?<!\w)({'|'.join(sorted([*KINDS, *_SIGNS, 'cv'], key=len, reverse=True))})"
    rf"(?:[\s\-/]+({_ANY_ISSUER}))?[\s\-.:/]*(so\s*:?\s*)?(\d{{1,5}})"
    r"(?:\s*/\s*((?:19|20)\d\d))?(?!\w|[/.,]\d)((?:[\s\-/]+[a-z]{2,}\d{0,2}(?:-[a-z]+)*)?)"
)
_FIGURE = re.compile(r"(?:van ban\s*)?(?:so\s*:?\s*)?(\d{1,5})(?:/((?:19|20)\d\d))?")
_ANY_SIGN = "|".join(sorted(_SIGNS, key=len, reverse=True))
_FIGURE_FIRST = re.compile(rf"(\d{{1,5}})\s*({_ANY_SIGN})(?:[\s\-]+([a-z]{{2,}}))?")
_FIGURE_WITHIN = re.compile(rf"(?<![\w/.,-])(\d{{1,5}})\s*({_ANY_SIGN})[\s\-/]+({_ANY_ISSUER})(?!\w)")
_OF_ISSUER = re.compile(
    rf"(?:({_ANY_ISSUER})[\s\-]+(?:so\s*:?\s*)?(\d{{1,5}}))|(?:(?:so\s*:?\s*)?(\d{{1,5}})[\s\-]+({_ANY_ISSUER}))"
)
_JOINED = re.compile(rf"({_ANY_SIGN})({_ANY_ISSUER})")
_DATE_AFTER = re.compile(r"\s*\d{1,2}\s*[/\-.th]")
_YEAR_AFTER = re.compile(r"\s*(?:ngay [\d/\-. ]+)?\s*nam\s+((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """Parts as compared: folded, without leading zeros; ``""`` for what was not given."""

    figure: str
    year: str = ""
    kind: str = ""
    issuer: str = ""

    @property
    def key(self) -> str:
        """The one comparable form: figure|year|kind|issuer."""
        return "|".join((self.figure, self.year, self.kind, self.issuer))


def document_keys(printed: str, year: int | str | None = None) -> list[str]:
    """Every key by which a document with this number may be asked for, the fullest first.

    ``year`` is that of issue, for numbers that do not carry one.
    """
    number = _printed(fold(printed)) or _spoken(fold(printed)) or _bare(fold(printed))
    if not number:
        return []
    years = dict.fromkeys([number.year or str(year or ""), ""])
    kinds = dict.fromkeys([number.kind, ""])
    parts = number.issuer.split("-")
    issuers = dict.fromkeys([number.issuer, *(parts if len(parts) > 1 else []), ""])
    every = (DocumentNumber(number.figure, *rest) for rest in product(years, kinds, issuers))
    return list(dict.fromkeys(one.key for one in every))


def find_number(typed: str) -> DocumentNumber | None:
    """The document number that a query holds, or None. A bare figure is one only if nothing else was typed."""
    folded = fold(typed)
    return _printed(folded) or _spoken(folded) or _bare(folded)


def _printed(folded: str) -> DocumentNumber | None:
    """677/QĐ-TTg, 24/2023/TT-BGDĐT, 91/2025/QH15, 11-CT/TW, 1234/SGDĐT-GDTX."""
    for found in _PRINTED.finditer(folded):
        figure, year, first, rest = found.groups()
        parts = re.findall(r"[a-z]+\d*", rest)
        if first not in _SIGNS and not parts and (joined := _JOINED.fullmatch(first)):
            first, parts = joined[1], [joined[2]]  # 677/QĐTTg
        if _LAW.fullmatch(first):
            return _number(figure, year, "luat", first)
        if first in _SIGNS:
            return _number(figure, year or _year_after(folded, found.end()), first, "-".join(parts))
        if parts or first in _ISSUERS:
            return _number(figure, year, "", "-".join([first, *parts]))
    found_first = _FIGURE_FIRST.fullmatch(folded) or _FIGURE_WITHIN.search(folded)
    return _number(found_first[1], "", found_first[2], found_first[3]) if found_first else None


def _spoken(folded: str) -> DocumentNumber | None:
    """Quyết định số 677, QĐ 677, Nghị định 30/2020, quyết định 677 năm 2017."""
    for found in _SPOKEN.finditer(folded):
        kind, before, so, figure, year, after = found.groups()
        issuer = after.strip(" -/")
        year = year or _year_after(folded, found.start(6))
        is_dated = issuer == "ngay" and bool(_DATE_AFTER.match(folded, found.end()))
        if issuer in _COUNTED and not so and not year and not is_dated:
            continue
        known = issuer if issuer.partition("-")[0] in _ISSUERS else before
        return _number(figure, year, KINDS.get(kind, kind), known)
    return None


def _bare(folded: str) -> DocumentNumber | None:
    plain = folded.strip(" .,;:?!\"'“”")
    if found := _OF_ISSUER.fullmatch(plain):
        return _number(found[2] or found[3], "", "", found[1] or found[4])
    found = _FIGURE.fullmatch(plain)
    return _number(found[1], found[2], "", "") if found else None


def _year_after(folded: str, end: int) -> str:
    found = _YEAR_AFTER.match(folded, end)
    return found[1] if found else ""


def _number(figure: str, year: str | None, kind: str, issuer: str | None) -> DocumentNumber:
    plain = kind if kind != "cv" else ""
    return DocumentNumber(figure.lstrip("0") or "0", year or "", plain, issuer or "")
