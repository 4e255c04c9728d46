"""What would raise one indicator's suggestion, each way with where it leads: the course, its quiz, the session."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria.explanation import open_rules, todo
from evaluation.criteria.registries.offers import offered
from evaluation.criteria.scoring import Rule
from evaluation.criteria.teaching import Taught, Wish
from evaluation.dossiers.models import Dossier, IndicatorScore
from learning.evidence.kinds import KINDS, Kind
from learning.evidence.models import Evidence
from learning.evidence.registries import gatherings
from learning.evidence.registries.gatherings import Gathering

_SHOWN = 3  # of each way: a choice, no list


@dataclass(frozen=True)
class Way:
    """One rule that has room: what it gives, and what one can do for it now. ``is_declared``: one tells it oneself."""

    text: str
    offers: list[tuple[str, str]] = field(default_factory=list)
    is_declared: bool = False


def ways(dossier: Dossier, score: IndicatorScore, rules: Sequence[Rule], had: Iterable[Evidence]) -> list[Way]:
    """``rules`` are those of the indicator. Without what the person has done already."""
    points = score.suggested_points or Decimal(0)
    found = open_rules(rules, score.suggested_trace, points, score.indicator.maximum)
    done = {(row.kind, str(row.page_key)) for row in had}
    taught = [one for one in offered(dossier.group) if (one.kind, one.key) not in done]
    is_asked = any(rule.kind == Kind.ATTENDANCE for rule, _left in found)
    meetings = gatherings.to_come_for(dossier.unit, timezone.now()) if is_asked else []
    return [_way(rule, left, taught, meetings) for rule, left in found]


def _way(rule: Rule, left: Decimal, taught: Sequence[Taught], meetings: Sequence[Gathering]) -> Way:
    wish = Wish.of(rule)
    if rule.kind == Kind.ATTENDANCE:
        offers = [_meeting(one) for one in meetings if not rule.topic or rule.topic in one.topics]
    else:
        offers = [_offer(one) for one in taught if wish.is_met_by(one)]
    return Way(todo(rule, left), offers[:_SHOWN], bool(KINDS[rule.kind].offered_as))


def _offer(one: Taught) -> tuple[str, str]:
    if not one.minutes:
        return one.title, one.url
    return _("%(title)s (%(minutes)s minutes)") % {"title": one.title, "minutes": one.minutes}, one.url


def _meeting(one: Gathering) -> tuple[str, str]:
    """What comes where the person belongs."""
    told = one.title, f"{timezone.localtime(one.starts_at):%H:%M %d/%m/%Y}", one.place
    return ", ".join(filter(None, told)), one.address
