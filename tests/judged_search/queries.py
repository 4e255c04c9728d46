"""Queries over a generated library with graded answers: 3 is what was asked for, 1 is on the subject, 0 is not."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.judged_search import slips
from tests.judged_search.papers import Paper
from tests.judged_search.subjects import AUDIENCES, ISSUERS, KINDS, Subject

CLASSES = ("toned", "toneless", "misspelt", "abbreviated", "number")


@dataclass(frozen=True)
class Asked:
    """A query of one class, with the grade of each document that answers it at all."""

    text: str
    kind: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Intent:
    """What somebody is after, and how they put it in words."""

    text: str
    subject: Subject
    aspect: str = ""
    audience: str = ""
    place: str = ""
    year: int = 0
    sign: str = ""
    extras: tuple[str, ...] = field(default=("aspect", "audience", "place", "year", "sign"))

    def grades(self, library: Sequence[Paper]) -> dict[str, int]:
        return {paper.key: grade for paper in library if (grade := self._grade(paper))}

    def _grade(self, paper: Paper) -> int:
        if paper.subject is not self.subject:
            return 0
        held = {
            "aspect": paper.aspect,
            "audience": paper.audience,
            "place": paper.place,
            "year": paper.date.year if paper.number else 0,
            "sign": next((sign for kind, sign in KINDS.items() if paper.title.startswith(kind)), ""),
        }
        missing = sum(bool(getattr(self, name)) and getattr(self, name) != held[name] for name in self.extras)
        return max(3 - 2 * missing, 1) if missing < 2 else 1


# Each takes a paper and a name of its subject; what the paper lacks makes the template unfit.
WORKED_WITH = (
    "{name}", "{name} cho {audience}", "{aspect}", "{kind} {name} {year}", "{name} xã {place}",
    "tài liệu về {name} cho {audience}", "{name} {aspect}", "{kind} {name} xã {place} năm {year}",
)  # fmt: skip
HELD_OUT = (
    "{audience} học {name}", "{name} {place}", "tôi muốn tìm hiểu về {name}", "{name} là gì", "cách {aspect}",
    "{name} năm {year}", "bài về {aspect} trong {name}", "{place} {name} {year}", "{kind} về {name}",
)  # fmt: skip
SHORT_WORKED_WITH = ("{short}", "{short} cho {audience}", "{sign} {short} {year}", "tài liệu {short}")
SHORT_HELD_OUT = ("{sign} {short}", "{short} {place}", "{audience} {short}", "{issuer} {place} {short}")
NUMBER_WORKED_WITH = ("{printed}", "{sign} {figure}", "{kind} số {figure}", "{kind} {figure}", "{figure}")
NUMBER_HELD_OUT = (
    "{figure}/{sign}", "số {figure}", "{sign} {issuer} {figure}", "{sign}{figure}", "{kind} số {printed}",
    "{figure} {sign}-{issuer}", "{kind} {figure} của {body}",
)  # fmt: skip


def queries(library: Sequence[Paper], *, held_out: bool, each: int = 44, seed: int = 7) -> list[Asked]:
    """``each`` queries of every class; the held-out ones use other templates and other habits of typing."""
    chance = random.Random(seed + held_out)
    habits = slips.HELD_OUT if held_out else slips.WORKED_WITH
    plain = list(_intents(chance, library, HELD_OUT if held_out else WORKED_WITH, 3 * each))
    short = _intents(chance, library, SHORT_HELD_OUT if held_out else SHORT_WORKED_WITH, each, needs_short=True)
    asked = [Asked(one.text, "toned", one.grades(library)) for one in plain[:each]]
    asked += [
        Asked(slips.toneless(chance, one.text), "toneless", one.grades(library)) for one in plain[each : 2 * each]
    ]
    for place, one in enumerate(plain[2 * each :]):
        asked.append(Asked(habits[place % len(habits)](chance, one.text), "misspelt", one.grades(library)))
    asked += [Asked(_as_typed(chance, one.text), "abbreviated", one.grades(library)) for one in short]
    asked += list(_numbers(chance, library, NUMBER_HELD_OUT if held_out else NUMBER_WORKED_WITH, each))
    return asked


def _intents(
    chance: random.Random, library: Sequence[Paper], templates: Sequence[str], count: int, *, needs_short: bool = False
) -> Iterator[Intent]:
    made = 0
    while made < count:
        paper, template = chance.choice(library), templates[made % len(templates)]
        if (needs_short and not paper.subject.short) or not _fits(paper, template):
            continue
        made += 1
        yield _intent(chance, paper, template)


def _fits(paper: Paper, template: str) -> bool:
    needs = {"{audience}": paper.audience, "{aspect}": paper.aspect, "{place}": paper.place}
    needs |= dict.fromkeys(("{year}", "{kind}", "{sign}", "{issuer}"), paper.number)
    return all(held for slot, held in needs.items() if slot in template)


def _intent(chance: random.Random, paper: Paper, template: str) -> Intent:
    said = _words(paper)
    text = template.format(**said, name=chance.choice(paper.subject.names), audience=_audience(chance, paper))
    return Intent(
        text=text,
        subject=paper.subject,
        aspect=paper.aspect if "{aspect}" in template else "",
        audience=paper.audience if "{audience}" in template else "",
        place=paper.place if "{place}" in template else "",
        year=paper.date.year if "{year}" in template else 0,
        sign=said["sign"] if "{kind}" in template or "{sign}" in template else "",
    )


def _audience(chance: random.Random, paper: Paper) -> str:
    return chance.choice(AUDIENCES[paper.audience]) if paper.audience else ""


def _words(paper: Paper) -> dict[str, str]:
    kind = next((kind for kind in KINDS if paper.number and paper.title.startswith(kind)), "")
    issuer = paper.number.rpartition("-")[2]
    return {
        "aspect": paper.aspect,
        "place": paper.place,
        "year": str(paper.date.year),
        "kind": kind.lower(),
        "sign": KINDS.get(kind, ""),
        "issuer": issuer,
        "body": ISSUERS.get(issuer, ""),
        "short": paper.subject.short,
        "printed": paper.number,
        "figure": paper.number.partition("/")[0],
    }


def _as_typed(chance: random.Random, text: str) -> str:
    return chance.choice((text, text.lower(), slips.toneless(chance, text)))


def _numbers(chance: random.Random, library: Sequence[Paper], templates: Sequence[str], count: int) -> Iterator[Asked]:
    numbered = [paper for paper in library if paper.number]
    for place, paper in enumerate(chance.sample(numbered, count)):
        text = templates[place % len(templates)].format(**_words(paper))
        typed = chance.choice((text, text.lower(), slips.toneless(chance, text)))
        yield Asked(typed, "number", {paper.key: 3})
