"""What stands raised, lowered, in rows or in a formula, written as a line of text that means the same."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from string import ascii_lowercase
from typing import NamedTuple
from xml.etree.ElementTree import Element

LOST = "\ufffc"  # stands where something stood that no line of text can say: such a question is refused
BETWEEN_CELLS = " | "
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_MINUS = str.maketrans({"\u2212": "-"})
_UNSEEN = {"\u2061": " ", "\u2062": "·", "\u2063": ",", "\u2064": " "}  # applied to, times, and, plus: not drawn
_NOT_DRAWN = str.maketrans(dict.fromkeys(_UNSEEN))
_SMALL_SIGNS = frozenset({*_RAISED.values(), *_LOWERED.values()})
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ROWS = frozenset({"math", "mrow", "mstyle", "mpadded", "merror", "maction", "mtd", "msqrt"})
_NO_LINE = re.compile(r"\s*0+(?:\.0*)?(?:[a-z%]|\s*$)")  # a fraction without one is none: a binomial, or two lines
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts"})

_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_WHOLE = re.compile(r"\s*-?[0-9]{1,6}\s*")
_NUMBERINGS = {
    **{kind: kind for kind in "1aAiI"},
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "lower-roman": "i",
    "upper-alpha": "A",
    "upper-latin": "A",
    "upper-roman": "I",
    "none": "",
    **dict.fromkeys(("disc", "circle", "square"), "–"),
}


def raised(text: str) -> str:
    """ "10" and "3" make 10³; where no such sign is, as in x^(a·b), a mark and brackets say it."""
    return _small(text, _RAISED, "^")


def lowered(text: str) -> str:
    return _small(text, _LOWERED, "_")


def formula(element: Element) -> str:
    """Of MathML; LOST if a part of it has no such form."""
    text = _formula(element).translate(_NOT_DRAWN)
    return LOST if LOST in text or not text else text


def _small(text: str, signs: dict[int, int], mark: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    if all(ord(sign) in signs for sign in text):
        return text.translate(signs)
    return f"{mark}{_grouped(text)}"


def _grouped(text: str) -> str:
    return text if len(text) == 1 or text.isdecimal() else f"({text})"


def _formula(element: Element) -> str:
    kind = _kind(element)
    if kind in _TOKENS:
        return " ".join("".join(element.itertext()).split()).translate(_MINUS)
    if kind in _ROWS:
        row = _row(element)
        return f"√{_grouped(row)}" if kind == "msqrt" else row
    if kind in _SILENT:
        return ""
    parts = [_formula(child) for child in element]
    if kind == "semantics":
        return parts[0] if parts else ""
    return _built(kind, parts, element)


def _kind(element: Element) -> str:
    return str(element.tag).rpartition(":")[2].lower()


class Numbering:
    """Of the lines of a list, as it is told to number them: a question may name one of them."""

    def __init__(self, kind: str, attributes: Mapping[str, str]) -> None:
        style = _told_style(attributes)
        told = style if style is not None else attributes.get("type", "")
        self.kind = _NUMBERINGS.get(told or ("1" if kind == "ol" else "disc"), LOST)
        if "reversed" in attributes:
            self.kind = LOST
        self.next = _whole(attributes.get("start", "1"))

    def mark(self, attributes: Mapping[str, str]) -> str:
        """Before the next line. LOST where it is numbered in a way that is not known here."""
        number = _whole(attributes.get("value")) if "value" in attributes else self.next
        kind = "" if _told_style(attributes) == "none" else self.kind
        is_unknown = _told_style(attributes) not in (None, "none") or "type" in attributes
        if LOST in kind or is_unknown or number is None:
            return LOST
        self.next = number + 1
        if kind in ("–", ""):
            return "– " if kind else ""
        return f"{_numbered(kind, number)}. "


def _told_style(attributes: Mapping[str, str]) -> str | None:
    found = _LIST_STYLE.search(attributes.get("style", ""))
    return found[1].strip().lower() if found else None


def _whole(text: str | None) -> int | None:
    return int(text) if text and _WHOLE.fullmatch(text) else None


def _numbered(kind: str, number: int) -> str:
    """A letter or a Roman number where there is one; browsers write figures where there is none."""
    if kind in "aA" and 0 < number <= len(ascii_lowercase):
        letter = ascii_lowercase[number - 1]
        return letter.upper() if kind == "A" else letter
    if kind in "iI" and 0 < number < 40:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman.upper() if kind == "I" else roman
    return str(number) if kind == "1" or number < 1 else LOST


class _Part(NamedTuple):
    """What stands in a row; ``joint``: the sign before it that is meant and not drawn."""

    kind: str
    text: str
    joint: str = ""

    @property
    def is_of_digits(self) -> bool:
        return self.text.replace("/", "").isdecimal()


_NOTHING = _Part("", "")


def _row(element: Element) -> str:
    """Side by side, where a drawing tells by size and height what belongs together and a line of text has to say it."""
    parts, joint = [_NOTHING], ""
    for each in _flat(element):
        kind, text = _kind(each), _formula(each)
        if text in _UNSEEN:
            joint = _UNSEEN[text]
        elif text:
            parts.append(_Part(kind, text, joint))
            joint = ""
    neighbours = zip(parts, parts[1:], [*parts[2:], _NOTHING], strict=False)
    told = [_NOTHING, *(_bracketed(before, part, after) for before, part, after in neighbours)]
    return "".join(_between(before, part) + part.text for before, part in pairwise(told))


def _flat(element: Element) -> Iterator[Element]:
    """A row within a row is drawn as if it were none."""
    for child in element:
        if _kind(child) in _ROWS and _kind(child) != "msqrt":
            yield from _flat(child)
        else:
            yield child


def _bracketed(before: _Part, part: _Part, after: _Part) -> _Part:
    """A fraction, unless nothing is near that could be taken for a part of it; 1 1/2 is a mixed number."""
    is_mixed = before.kind == "mn" and part.is_of_digits and part.joint in ("", " ")
    is_near = before.text[-1:].isalnum() or before.text[-1:] in tuple(")/÷:%!")
    is_near = is_near or after.text[:1].isalnum() or after.text[:1] in tuple("(√/÷:!^%")
    return part._replace(text=f"({part.text})") if part.kind == "mfrac" and is_near and not is_mixed else part


def _between(before: _Part, part: _Part) -> str:
    """Nothing where signs tell themselves apart, as in 2x; else what is meant, or a blank."""
    if not before.text:
        return ""
    one, other = before.text[-1], part.text[0]
    if part.joint == "," or (part.joint == "·" and (other.isdecimal() or "mfrac" in (before.kind, part.kind))):
        return part.joint
    if part.kind == "mroot" and one.isalnum():
        return " "
    if not (_is_full(one) and _is_full(other)):
        return ""
    is_word = any(each.kind in ("mi", "mtext") and len(each.text) > 1 for each in (before, part))
    is_unclear = before.kind not in _TOKENS or (one.isdecimal() and other.isdecimal())
    return " " if is_word or is_unclear or part.joint == " " else ""


def _is_full(sign: str) -> bool:
    return sign.isalnum() and ord(sign) not in _SMALL_SIGNS


def _built(kind: str, parts: list[str], element: Element) -> str:
    if kind in ("mtable", "mtr", "mlabeledtr"):
        return f"[{'; '.join(parts)}]" if kind == "mtable" else ", ".join(parts)
    if kind == "mfenced" and len(parts) > 1 and element.get("separators", ",").strip() != ",":
        return LOST
    if kind == "mfrac" and _NO_LINE.match(element.get("linethickness", "")):
        return LOST
    if kind == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    if len(parts) == 2:
        base, other = parts
        pairs = {
            "mfrac": f"{_grouped(base)}/{_grouped(other)}", "mroot": f"{raised(other)}√{_grouped(base)}",
            "msup": f"{_grouped(base)}{raised(other)}", "mover": f"{_grouped(base)}{raised(other)}",
            "msub": f"{base}{lowered(other)}", "munder": f"{base}{lowered(other)}",
        }  # fmt: skip
        return pairs.get(kind, LOST)
    if len(parts) == 3 and kind in ("msubsup", "munderover"):
        return f"{parts[0]}{lowered(parts[1])}{raised(parts[2])}"
    return LOST
