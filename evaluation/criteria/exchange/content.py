"""What a set says, as plain values that no database knows: what goes into files and comes out of them."""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class RuleContent:
    """``least_score`` is from 0 to 1; empty text: any."""

    identifier: str
    kind: str
    points: Decimal
    cap: Decimal
    topic: str = ""
    topic_name: str = ""
    issuer: str = ""
    page_key: str = ""
    least_score: Decimal | None = None
    least_verification: str = "none"
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    within_days: int | None = None


@dataclass(frozen=True)
class CapContent:
    kind: str
    cap: Decimal


@dataclass(frozen=True)
class IndicatorContent:
    """``competency`` is its number."""

    identifier: str
    number: int
    competency: int
    name: str
    maximum: Decimal = Decimal(10)
    support: str = "yes"
    evidence_cap: Decimal | None = None
    explanation: str = ""
    examples: str = ""
    topics: str = ""
    caps: tuple[CapContent, ...] = ()
    rules: tuple[RuleContent, ...] = ()


@dataclass(frozen=True)
class CompetencyContent:
    identifier: str
    number: int
    name: str


@dataclass(frozen=True)
class SetContent:
    """``unit`` is a unit's code, ``parent`` the identifier of the set it descends from; both may be empty."""

    identifier: str
    name: str
    version: str
    valid_from: datetime.date
    group: str = ""
    unit: str = ""
    parent: str = ""
    status: str = "draft"
    is_sample: bool = False
    valid_to: datetime.date | None = None
    threshold: Decimal = Decimal(80)
    floor: Decimal = Decimal(5)
    step: Decimal = Decimal("0.5")
    competencies: tuple[CompetencyContent, ...] = ()
    indicators: tuple[IndicatorContent, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Where in the file, and what is wrong there, in words."""

    place: str
    text: str


class ImportRefusedError(ValueError):
    """Nothing was changed; ``problems`` says why, one for each place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.text}" for problem in problems))
        self.problems = problems
