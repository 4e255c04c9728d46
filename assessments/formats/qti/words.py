"""Names that QTI 2 and 3 spell differently, and text as it stands in QTI's XHTML."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from xml.etree.ElementTree import Element

from assessments.bank.media import SOUNDS, is_sound
from assessments.formats.markup import add
from assessments.formats.notation import BETWEEN_CELLS, Numbering, formula, lowered, raised
from assessments.formats.question import Medium
from assessments.formats.texts import ELSEWHERE, Attached, Find, Reference, storable

BLANK = "_____"
_HERE = "\0"  # no XML holds it: where the learner writes or chooses
_BLOCKS = frozenset(
    {"p", "br", "div", "pre", "ol", "ul", "caption", "prompt", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
)
_SILENT = frozenset({"feedbackinline", "feedbackblock", "rubricblock", "simplechoice", "inlinechoice",
                     "simplematchset", "simpleassociablechoice", "stylesheet", "object", "audio", "video"})  # fmt: skip
PASSAGE, UNIT, CRITERION, GUIDE = "passage", "unit", "criterion", "guide"  # classes of what stands aside
_ASIDE = (PASSAGE, UNIT)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
FOLDER = "media"
_FILES = ("img", "object", "audio", "video", "embed", "iframe")
_SMALL = {"sup": raised, "sub": lowered}
_SAID = ("modalfeedback", "feedbackinline", "feedbackblock", "rubricblock")
_PARTS = ("simplechoice", "inlinechoice", "simpleassociablechoice", "gap", "gaptext", "gapimg", "hottext")


def name(element: Element) -> str:
    """simpleChoice and qti-simple-choice alike: simplechoice."""
    return str(element.tag).removeprefix("qti-").replace("-", "").lower()


def attribute(element: Element, wanted: str) -> str:
    return next((value for key, value in element.attrib.items() if key.replace("-", "").lower() == wanted), "")


def named(root: Element, *wanted: str) -> Iterator[Element]:
    return (element for element in root.iter() if name(element) in wanted)


def class_of(element: Element) -> str:
    return element.get("class", "")


def words(element: Element, inside: bool = False) -> str:
    """Its text, a line for each block. ``inside``: also of an element that is silent within another."""
    return _joined(element, inside).replace(_HERE, BLANK)


def passage(element: Element) -> str:
    """Its text with [1], [2]… where words are written or chosen; what stands in brackets there is no such mark."""
    text, places = re.sub(r"\[(\d{1,3})\]", r"(\1)", _joined(element, True)), count(1)
    return re.sub(_HERE, lambda _found: f"[{next(places)}]", text)


def attached_in(body: Element, interactions: list[Element], find: Find) -> Attached | None:
    """None if something stands where the bank has no place for it."""
    attached, choices = Attached(), dict[int, int]()
    if [name(each) for each in interactions] == ["choiceinteraction"]:
        choices = {id(part): place for place, part in enumerate(named(interactions[0], "simplechoice"))}
    for element, place in _found(body, choices, None):
        if place == ELSEWHERE:
            return None
        attached.add([_reference(element)], find, place)
    return attached


def is_left_out(item: Element) -> bool:
    """Whether what is said afterwards has media."""
    return any(next(named(each, *_FILES), None) is not None for each in named(item, *_SAID))


def put_media(parent: Element, media: Iterable[Medium], *, is_3: bool) -> None:
    for medium in media:
        source, said = f"../{FOLDER}/{medium.name}", storable(medium.alt)
        line = add(parent, "p")
        if not is_sound(medium.name):
            add(line, "img", src=source, alt=said)
        elif is_3:
            add(line, "audio", src=source, controls="controls").set("aria-label", said)
        else:
            sound = add(line, "object", said, data=source, type=SOUNDS[medium.name.rpartition(".")[2]])
            sound.set("aria-label", said)


def _joined(element: Element, inside: bool) -> str:
    text = "".join(_pieces(element, is_kept=False, is_top=inside))
    lines = (line if line.startswith("\1") else _BLANKS.sub(" ", line).strip(" ") for line in text.split("\2"))
    kept = (line.removeprefix("\1") for line in lines if line and (inside or line != _HERE))
    return "\n".join(kept)


def _pieces(element: Element, *, is_kept: bool, is_top: bool) -> Iterator[str]:
    """Text with \\2 between blocks and \\1 before what keeps its blanks."""
    kind = name(element)
    if not is_top and (kind in _SILENT or class_of(element) in _ASIDE):
        return
    if kind in ("textentryinteraction", "inlinechoiceinteraction"):
        yield _HERE
        return
    if kind == "math":
        yield formula(element)
        return
    if kind in _SMALL:
        yield _SMALL[kind]("".join(_inner(element, is_kept=is_kept)))
        return
    is_pre = kind == "pre"
    if kind in _BLOCKS:
        yield "\2\1" if is_pre else "\2"
    yield from _inner(element, is_kept=is_kept or is_pre)
    if kind in _BLOCKS:
        yield "\2"


def _inner(element: Element, *, is_kept: bool) -> Iterator[str]:
    yield element.text or ""
    numbering = Numbering(name(element), element.attrib)
    for place, child in enumerate(element, start=1):
        if name(child) == "li":
            yield f"\2{numbering.mark(child.attrib)}"
        elif name(child) in ("td", "th") and place > 1:
            yield BETWEEN_CELLS
        yield from _pieces(child, is_kept=is_kept, is_top=False)
        yield child.tail or ""


def put(parent: Element, text: str) -> None:
    """A paragraph for each line; preformatted only if the text would not come back otherwise."""
    for element, line in _blocks_of(parent, storable(text)):
        element.text = line


def put_passage(parent: Element, text: str, make: Callable[[int], Element]) -> None:
    """The same for a text with [1], [2]…, where ``make`` says what stands there."""
    for element, line in _blocks_of(parent, storable(text)):
        first, *rest = re.split(r"\[(\d{1,3})\]", line)
        element.text = first
        for number, tail in zip(rest[::2], rest[1::2], strict=True):
            made = make(int(number))
            made.tail = tail
            element.append(made)


def _blocks_of(parent: Element, text: str) -> Iterator[tuple[Element, str]]:
    lines = [_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n")]
    if "\n".join(line for line in lines if line) != text:
        yield add(parent, "pre"), text
        return
    for line in lines:
        yield add(parent, "p"), line


def as_version_3(elements: Iterable[Element]) -> None:
    """Renames in place: QTI's own elements get their prefix, all attributes hyphens."""
    for element in elements:
        if element.tag not in ("p", "pre", "br", "div", "span", "img", "audio"):
            element.tag = f"qti-{_hyphened(str(element.tag))}"
        for key in [key for key in element.attrib if not key.startswith("xml") and key != _hyphened(key)]:
            element.set(_hyphened(key), element.attrib.pop(key))


def _hyphened(text: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f"-{found.group(1).lower()}", text)


def _found(element: Element, choices: dict[int, int], place: int | None) -> Iterator[tuple[Element, int | None]]:
    kind = name(element)
    if kind in _SAID:
        return
    if kind in _FILES:
        yield element, place
        return
    if kind in _PARTS:
        place = choices.get(id(element), ELSEWHERE)
    for child in element:
        yield from _found(child, choices, place)


def _reference(element: Element) -> Reference:
    sources = [element, *named(element, "source")]
    source = next((found for each in sources if (found := attribute(each, "src") or attribute(each, "data"))), "")
    said = attribute(element, "alt") or attribute(element, "arialabel") or attribute(element, "title")
    return Reference(source, said or words(element, inside=True))
