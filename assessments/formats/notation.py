"""What stands raised, lowered, in rows or in a formula, written as a line of text that means the same."""

from xml.etree.ElementTree import Element

LOST = "\ufffc"  # stands where something stood that no line of text can say: such a question is refused
BETWEEN_CELLS = " | "
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_UNSEEN = str.maketrans(dict.fromkeys(range(0x2061, 0x2065)) | {ord("\u2212"): "-"})
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ROWS = frozenset({"math", "mrow", "mstyle", "mpadded", "merror", "menclose", "maction", "mtd"})
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts"})


def raised(text: str) -> str:
    """ "10" and "3" make 10³; where no such sign is, as in x^(a·b), a mark and brackets say it."""
    return _small(text, _RAISED, "^")


def lowered(text: str) -> str:
    return _small(text, _LOWERED, "_")


def formula(element: Element) -> str:
    """Of MathML; LOST if a part of it has no such form."""
    text = _formula(element)
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
    kind, parts = str(element.tag).rpartition(":")[2].lower(), [_formula(child) for child in element]
    if kind in _TOKENS:
        return " ".join("".join(element.itertext()).split()).translate(_UNSEEN)
    if kind in _ROWS:
        return "".join(parts)
    if kind in _SILENT:
        return ""
    if kind == "semantics":
        return parts[0] if parts else ""
    return _built(kind, parts, element)


def _built(kind: str, parts: list[str], element: Element) -> str:
    if kind == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if kind in ("mtable", "mtr", "mlabeledtr"):
        return f"[{'; '.join(parts)}]" if kind == "mtable" else ", ".join(parts)
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
