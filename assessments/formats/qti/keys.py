"""What a QTI item declares as right, and how it counts."""

from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from assessments.formats.qti.words import attribute, name, named
from assessments.formats.question import WHOLE, number_in

_PLAIN_RULE = frozenset({"responsecondition", "responseif", "equal", "variable", "correct", "setoutcomevalue", "sum",
                         "basevalue", "mapresponse"})  # fmt: skip


@dataclass(frozen=True)
class Key:
    """What the item declares as right: values, and points by value."""

    correct: tuple[str, ...] = ()
    mapped: tuple[tuple[str, Decimal], ...] = ()
    base_type: str = ""
    is_many: bool = False
    minds_case: bool = False

    @property
    def right(self) -> tuple[str, ...]:
        return self.correct or tuple(value for value, points in self.mapped if points > 0)

    @property
    def most(self) -> Decimal:
        """That one value earns."""
        return max((points for _value, points in self.mapped), default=Decimal(0))

    @property
    def whole(self) -> tuple[str, ...]:
        """What earns all there is to earn, each once."""
        full = [value for value, points in self.mapped if 0 < points == self.most]
        return tuple(dict.fromkeys([*self.correct, *full]))

    @property
    def partly(self) -> tuple[str, ...]:
        return tuple(value for value, points in self.mapped if points > 0 and value not in self.whole)

    def percent(self, value: str, *, of_sum: bool) -> Decimal:
        points = dict(self.mapped)
        if not any(number > 0 for number in points.values()) or (not of_sum and value in self.correct):
            share = WHOLE / len(self.right) if of_sum and self.right else WHOLE
            return share if value in self.right else Decimal(0)
        positive = [number for number in points.values() if number > 0]
        return points.get(value, Decimal(0)) * WHOLE / (sum(positive) if of_sum else max(positive))


def key_of(item: Element, interaction: Element) -> Key:
    wanted = attribute(interaction, "responseidentifier")
    for declared in named(item, "responsedeclaration"):
        if attribute(declared, "identifier") == wanted:
            correct = [
                value.text or "" for each in named(declared, "correctresponse") for value in named(each, "value")
            ]
            mapped = (
                (attribute(each, "mapkey"), _points(attribute(each, "mappedvalue")))
                for each in named(declared, "mapentry")
            )
            is_many = attribute(declared, "cardinality") != "single"
            minds_case = any(attribute(each, "casesensitive") == "true" for each in named(declared, "mapentry"))
            return Key(tuple(correct), tuple(mapped), attribute(declared, "basetype"), is_many, minds_case)
    return Key()


def _points(text: str) -> Decimal:
    try:
        points = Decimal(text.strip())
    except ArithmeticError:
        return Decimal(0)
    return points if points.is_finite() and abs(points) < 10_000 else Decimal(0)


def tolerance_of(item: Element, interaction: Element) -> str:
    """Of the comparison in its response processing, if it is an absolute one."""
    wanted = attribute(interaction, "responseidentifier")
    for equal in named(item, "equal"):
        compared = [attribute(each, "identifier") for each in named(equal, "variable")]
        if (not compared or wanted in compared) and attribute(equal, "tolerancemode") == "absolute":
            return number_in("".join(attribute(equal, "tolerance").split()[:1])) or "0"
    return "0"


def has_own_rule(item: Element) -> bool:
    """Whether it counts points in a way that the kind of question does not tell."""
    processing = next(named(item, "responseprocessing"), None)
    return processing is not None and not attribute(processing, "template") and len(processing) > 0


def is_plain_rule(item: Element) -> bool:
    """Of numbers and blanks: each compared within its tolerance, and what they earn added up, as ours are."""
    processing = next(named(item, "responseprocessing"), None)
    parts = [] if processing is None else [part for part in processing.iter() if part is not processing]
    return all(name(part) in _PLAIN_RULE for part in parts) and all(
        attribute(part, "tolerancemode") in ("", "exact", "absolute") and next(named(part, "basevalue"), None) is None
        for part in parts
        if name(part) == "equal"
    )
