"""A line of a frozen list as people read it, whatever has changed since; of who was erased, the pseudonym stands."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluation.dossiers.models import BodyLink, LinkLine
from membership.models import TargetGroup


@dataclass(frozen=True)
class ListedScore:
    """``own`` is None where nothing was written, ``suggested`` where no evidence says anything, ``reviewed`` where no
    body has given a score."""

    number: int
    own: Decimal | None
    suggested: Decimal | None
    reviewed: Decimal | None


@dataclass(frozen=True)
class Listed:
    line: LinkLine
    name: str
    group: str
    scores: list[ListedScore]

    @property
    def own(self) -> Decimal:
        return sum((score.own or Decimal(0) for score in self.scores), Decimal(0))

    @property
    def suggested(self) -> Decimal:
        return sum((score.suggested or Decimal(0) for score in self.scores), Decimal(0))


def listed(line: LinkLine) -> Listed:
    told = line.frozen
    scores = [ListedScore(number, *map(_points, figures)) for number, *figures in told["scores"]]
    return Listed(line, told["name"] or line.dossier.person.full_name, str(TargetGroup(told["group"]).label), scores)


def digest_of(told: Any) -> str:
    """Of plain values, as they stand in the list or in the answer, lines by the key of the dossier."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def answer_told(link: BodyLink, lines: Iterable[LinkLine]) -> list[Any]:
    """What the digest of the answer is made from: who answered, and of lines by the key of the dossier, what."""
    return [link.answered_by, link.answered_as, *([line.dossier_id, line.word, line.remark] for line in lines)]


def _points(text: Any) -> Decimal | None:
    return None if text is None else Decimal(text)
