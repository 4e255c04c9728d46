"""Rules, and what scoring found, said in the reader's language. Pure but for the language that is active."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.criteria.ladder import points_text
from evaluation.criteria.scoring import Reason, Rule, TraceLine
from learning.evidence.kinds import KINDS
from learning.evidence.models import Verification

if TYPE_CHECKING:
    from evaluation.criteria.models import EvidenceRule


def sentences(trace: Sequence[TraceLine], maximum: Decimal) -> list[str]:
    """Why so many points: a sentence for each piece of evidence, and one where the indicator's maximum cuts."""
    told = [_sentence(line) for line in trace]
    if sum((Decimal(line["counted"]) for line in trace), Decimal(0)) > maximum:
        told.append(_("Counted up to the indicator's maximum of %(maximum)s.") % {"maximum": points_text(maximum)})
    return told


def open_rules(
    rules: Sequence[Rule], trace: Sequence[TraceLine], points: Decimal, maximum: Decimal
) -> list[tuple[Rule, Decimal]]:
    """What would still raise the suggestion, and by how much: nothing that a cap leaves no room for. ``rules`` are
    those of one indicator."""
    kinds = {rule.key: rule.kind for rule in rules}
    given: dict[int, Decimal] = {}
    by_kind: dict[str, Decimal] = {}
    for line in trace:
        counted = Decimal(line["counted"])
        given[line["rule"]] = given.get(line["rule"], Decimal(0)) + counted
        kind = kinds.get(line["rule"], line["kind"])
        by_kind[kind] = by_kind.get(kind, Decimal(0)) + counted
    room = maximum - max(points, Decimal(0))
    found = []
    for rule in rules:
        rooms = [room, rule.cap - given.get(rule.key, Decimal(0))]
        if rule.kind_cap is not None:
            rooms.append(rule.kind_cap - by_kind.get(rule.kind, Decimal(0)))
        if rule.indicator_cap is not None:
            rooms.append(rule.indicator_cap - sum(given.values(), Decimal(0)))
        if min(rooms) > 0:
            found.append((rule, min(rooms)))
    return found


def todo(rule: Rule, left: Decimal) -> str:
    """How to have what the rule counts, and what it gives of the points that are left."""
    kind = KINDS[rule.kind]
    way = str(kind.way_on_topic) % {"topic": rule.topic_name or rule.topic} if rule.topic else kind.way
    values = {"way": way, "points": points_text(min(rule.points, left)), "left": points_text(left)}
    told = _("%(way)s: +%(points)s, up to %(left)s more.") % values
    needed = "; ".join(asked(rule))
    return f"{told} " + _("What counts: %(needed)s.") % {"needed": needed} if needed else told


def asked(rule: Rule | EvidenceRule) -> list[str]:
    """What evidence must be for the rule to count it, beyond its kind, topic and page."""
    found = []
    if rule.issuer:
        found.append(_("issued by %(issuer)s") % {"issuer": rule.issuer})
    if rule.least_score is not None:
        found.append(_("with at least %(score)s/10") % {"score": points_text(rule.least_score * Decimal(10))})
    if rule.least_verification != Verification.NONE:
        level = Verification(rule.least_verification).label
        found.append(_("checked at least so far: %(level)s") % {"level": level})
    if rule.date_from:
        found.append(_("from %(day)s") % {"day": date_format(rule.date_from, "d/m/Y")})
    if rule.date_to:
        found.append(_("until %(day)s") % {"day": date_format(rule.date_to, "d/m/Y")})
    if rule.within_days is not None:
        found.append(_("in the last %(days)s days of the year") % {"days": rule.within_days})
    return found


def reason_texts(reasons: Iterable[Reason], names: Mapping[int, str]) -> list[str]:
    """Why it is not a pass, each with the indicator's number and name."""
    return [_reason(reason, names) for reason in reasons]


def rule_sentence(rule: EvidenceRule) -> str:
    """What the rule gives, with all it asks for."""
    values = {
        "kind": rule.get_kind_display(),
        "points": points_text(rule.points),
        "cap": points_text(rule.cap),
        "asked": "; ".join(conditions(rule)),
    }
    if values["asked"]:
        return _("%(kind)s (%(asked)s): %(points)s for each, %(cap)s at most.") % values
    return _("%(kind)s: %(points)s for each, %(cap)s at most.") % values


def conditions(rule: EvidenceRule) -> list[str]:
    """What evidence must be for the rule to count it, beyond its kind."""
    found = []
    if rule.topic:
        found.append(_("on “%(topic)s”") % {"topic": rule.topic_name or rule.topic})
    if rule.page_key:
        found.append(_("of the page %(page)s") % {"page": rule.page_key})
    return found + asked(rule)


def _sentence(line: TraceLine) -> str:
    counted, worth = Decimal(line["counted"]), Decimal(line["points"])
    kind = KINDS[line["kind"]]
    told = str((line["score"] and kind.told_with_score) or kind.told) % {
        "title": line["title"],
        "day": date_format(datetime.date.fromisoformat(line["day"]), "d/m/Y"),
        "score": points_text((Decimal(line["score"] or 0) * 10).quantize(Decimal("0.1"))),
    }
    text = _("+%(points)s: %(told)s.") % {"points": points_text(counted), "told": told}
    if counted < worth:
        cap = points_text(Decimal(line["cap"]))
        text += " " + _("Capped at %(cap)s for evidence of this kind.") % {"cap": cap}
    return text


def _reason(reason: Reason, names: Mapping[int, str]) -> str:
    if reason.kind == "total":
        return _("The total is %(points)s; the title needs %(limit)s.") % {
            "points": points_text(reason.points or Decimal(0)),
            "limit": points_text(reason.limit or Decimal(0)),
        }
    name = names.get(reason.number or 0, "")
    if reason.kind == "missing":
        return _("Indicator %(number)s, %(name)s: no score yet.") % {"number": reason.number, "name": name}
    return _("Indicator %(number)s, %(name)s: %(points)s is below the floor of %(limit)s.") % {
        "number": reason.number,
        "name": name,
        "points": points_text(reason.points or Decimal(0)),
        "limit": points_text(reason.limit or Decimal(0)),
    }
