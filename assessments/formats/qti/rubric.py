"""The rubric of an essay, as scorers see it in the item."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from assessments.formats.qti.words import CRITERION, GUIDE, attribute, class_of, named, words

_POINTS = re.compile(rf"{CRITERION} points-(\d{{1,2}})")


def rubric_in(body: Element) -> dict[str, Any]:
    """Criteria and guide as ours are written; the words of another's rubric become the guide."""
    blocks = [each for each in named(body, "rubricblock") if "scorer" in attribute(each, "view")]
    parts = [part for block in blocks for part in block.iter()]
    found = [(part, _POINTS.fullmatch(class_of(part))) for part in parts]
    criteria = tuple((words(part, inside=True), int(points.group(1))) for part, points in found if points)
    guides = [part for part in parts if class_of(part) == GUIDE] or ([] if criteria else blocks)
    return {"criteria": criteria, "guide": "\n".join(words(part, inside=True) for part in guides)}
