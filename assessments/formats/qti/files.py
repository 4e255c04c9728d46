"""Pictures and sounds in QTI items: XHTML that names files of the package."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from assessments.bank.media import SOUNDS, is_sound
from assessments.formats.markup import add
from assessments.formats.qti.words import attribute, name, named, words
from assessments.formats.question import Medium
from assessments.formats.texts import ELSEWHERE, Attached, Find, Reference, storable

FOLDER = "media"
_FILES = ("img", "object", "audio", "video", "embed", "iframe", "math")
_SAID = ("modalfeedback", "feedbackinline", "feedbackblock", "rubricblock")
_PARTS = ("simplechoice", "inlinechoice", "simpleassociablechoice", "gap", "gaptext", "gapimg", "hottext")


def attached_in(body: Element, interactions: list[Element], find: Find) -> Attached | None:
    """None if something stands where the bank has no place for it."""
    attached, choices = Attached(), dict[int, int]()
    if [name(each) for each in interactions] == ["choiceinteraction"]:
        choices = {id(part): place for place, part in enumerate(named(interactions[0], "simplechoice"))}
    for element, place in _found(body, choices, None):
        if place == ELSEWHERE or name(element) == "math":
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
