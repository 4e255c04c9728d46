"""What a frozen version says, as text that stays the same to the byte, and what two versions say differently.

Pure: plain values in, plain values out. The words in it are Vietnamese whoever freezes, as on the papers.
"""

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from evaluation.reporting.definitions import Definition
from evaluation.reporting.figures import Figure, Overview
from learning.evidence.ledger.verifier import SignedCheckpoint
from learning.evidence.registries.gatherings import Held

FORMAT = 1
_LANGUAGE = "vi"
_WORDS = ("key", "measure", "label", "short_label", "numerator_words", "denominator_words")


@dataclass(frozen=True)
class Version:
    """What the officer says of a version, beside its figures."""

    number: int
    frozen_at: datetime.datetime
    paper_number: str = ""
    remarks: str = ""
    reason: str = ""


@dataclass(frozen=True)
class UnitLine:
    name: str
    code: str
    figures: list[Figure]


@dataclass(frozen=True)
class Contents:
    """A version's text, read back."""

    day: datetime.date
    is_provisional: bool
    figures: list[Figure]
    units: list[UnitLine]
    seals: list[SignedCheckpoint]
    remarks: str
    gatherings: Held | None


@dataclass(frozen=True)
class Difference:
    """A figure that two versions count differently; None: there was none, or nobody had entered it."""

    label: str
    numerators: tuple[int | None, int | None]
    denominators: tuple[int | None, int | None]


def text_of(found: Overview, seals: Sequence[SignedCheckpoint], version: Version) -> str:
    with override(_LANGUAGE):
        said = {
            "format": FORMAT,
            "unit": {"code": found.unit.code, "name": found.unit.name},
            "year": found.year,
            "version": version.number,
            "frozen_at": version.frozen_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "counted_up_to": found.cutoff.day.isoformat(),
            "is_provisional": found.cutoff.is_provisional,
            "paper_number": version.paper_number,
            "reason": version.reason,
            "remarks": version.remarks,
            "figures": [_described(figure) for figure in found.figures],
            "units": [_unit(row.unit, row.figures) for row in found.rows if not row.is_empty],
            "gatherings": vars(found.gatherings),
            "seals": [seal.text for seal in seals],
        }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def contents_of(text: str) -> Contents:
    said = json.loads(text)
    figures = [_figure(one) for one in said["figures"]]
    definitions = [figure.definition for figure in figures]
    return Contents(
        day=datetime.date.fromisoformat(said["counted_up_to"]),
        is_provisional=said["is_provisional"],
        figures=figures,
        units=[_line(one, definitions) for one in said["units"]],
        seals=[SignedCheckpoint.parse(one) for one in said["seals"]],
        remarks=said["remarks"],
        gatherings=Held(**said["gatherings"]) if "gatherings" in said else None,
    )


def differences(older: Sequence[Figure], newer: Sequence[Figure]) -> list[Difference]:
    """In the newer one's order; what only the older one had comes last."""
    before = {figure.definition.key: figure for figure in older}
    after = {figure.definition.key: figure for figure in newer}
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key), after.get(key)
        if _counts(old) != _counts(new):
            named = new or old
            label = str(named.definition.label) if named else ""
            pairs = list(zip(_counts(old), _counts(new), strict=True))
            found.append(Difference(label, pairs[0], pairs[1]))
    return found


def _counts(figure: Figure | None) -> tuple[int | None, int | None]:
    return (figure.numerator, figure.denominator) if figure else (None, None)


def _described(figure: Figure) -> dict[str, Any]:
    definition = figure.definition
    return {
        **{name: str(getattr(definition, name)) for name in _WORDS},
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percent": None if figure.share is None else str(figure.share),
        "goal": figure.percent_goal,
        "goal_until": figure.until,
        "source": figure.source,
        "units_entered": figure.covered,
    }


def _unit(unit: Any, figures: Sequence[Figure]) -> dict[str, Any]:
    return {
        "code": unit.code if unit else "",
        "name": unit.name if unit else "",
        "figures": {figure.definition.key: [figure.numerator, figure.denominator] for figure in figures},
    }


def _figure(said: dict[str, Any]) -> Figure:
    definition = Definition(numerator="", denominator="", **{name: said[name] for name in _WORDS})
    return Figure(
        definition=definition,
        percent_goal=said["goal"],
        until=said["goal_until"],
        source=said["source"],
        numerator=said["numerator"],
        denominator=said["denominator"],
        covered=said["units_entered"],
    )


def _line(said: dict[str, Any], definitions: Sequence[Definition]) -> UnitLine:
    figures = [
        Figure(definition, None, None, "", *said["figures"][definition.key])
        for definition in definitions
        if definition.key in said["figures"]
    ]
    return UnitLine(said["name"], said["code"], figures)
