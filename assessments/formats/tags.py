"""What a question has and a format has no place for, as tags: nothing is lost by a way through such a file."""

from collections.abc import Iterable
from typing import Any

from assessments.formats.question import PlainQuestion

EXACT_ACCENTS = "exact-accents"
_DIFFICULTY, _AUDIENCE = "difficulty-", "audience-"
_UNIT, _UNIT_ASKED, _CRITERION, _GUIDE = "unit:", "unit-asked", "criterion:", "guide:"


def tags_of(question: PlainQuestion) -> list[str]:
    return [*labels_of(question), *units_of(question), *rubric_of(question)]


def labels_of(question: PlainQuestion) -> list[str]:
    """Difficulty, target group and tolerance of accents."""
    tags = [f"{_DIFFICULTY}{question.difficulty}"] if question.difficulty else []
    tags += [f"{_AUDIENCE}{question.audience}"] if question.audience else []
    return tags if question.is_tolerant else [*tags, EXACT_ACCENTS]


def rubric_of(question: PlainQuestion) -> list[str]:
    criteria = [f"{_CRITERION}{points}:{text}" for text, points in question.criteria]
    return [*criteria, f"{_GUIDE}{question.guide}"] if question.guide else criteria


def held_in(tags: Iterable[str]) -> dict[str, Any]:
    """The same as fields of a plain question. Tags of others are left alone."""
    found = list(tags)
    criteria = (tag.removeprefix(_CRITERION).partition(":") for tag in found if tag.startswith(_CRITERION))
    return {
        "difficulty": _first(found, _DIFFICULTY),
        "audience": _first(found, _AUDIENCE),
        "is_tolerant": EXACT_ACCENTS not in found,
        "units": tuple(tag.removeprefix(_UNIT) for tag in found if tag.startswith(_UNIT)),
        "is_unit_asked": _UNIT_ASKED in found,
        "criteria": tuple((text, int(points)) for points, _mark, text in criteria if points.isdecimal()),
        "guide": _first(found, _GUIDE),
    }


def units_of(question: PlainQuestion) -> list[str]:
    units = [f"{_UNIT}{unit}" for unit in question.units]
    return [*units, _UNIT_ASKED] if question.is_unit_asked else units


def _first(tags: list[str], start: str) -> str:
    return next((tag.removeprefix(start) for tag in tags if tag.startswith(start)), "")
