"""Response declarations: what is right, and the points by answer."""

from decimal import Decimal
from xml.etree.ElementTree import Element

from assessments.formats.markup import add
from assessments.formats.question import WHOLE


def declare(declared: Element, cardinality: str, base_type: str, correct: list[str]) -> None:
    declared.set("cardinality", cardinality)
    declared.set("baseType", base_type)
    response = add(declared, "correctResponse")
    for value in correct:
        add(response, "value", value)


def map_points(declared: Element, points: dict[str, Decimal], **entry: str) -> None:
    mapping = add(declared, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
    for key, value in points.items():
        add(mapping, "mapEntry", mapKey=key, mappedValue=f"{(value / WHOLE).normalize():f}", **entry)
