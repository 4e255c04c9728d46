"""Rules in words, for people who never see a field's name. Pure but for the language that is active."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.criteria.explanation import points_text
from evaluation.criteria.models import EvidenceRule


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
    if rule.issuer:
        found.append(_("issued by %(issuer)s") % {"issuer": rule.issuer})
    if rule.least_score is not None:
        found.append(_("with at least %(score)s/10") % {"score": points_text(rule.least_score * Decimal(10))})
    if rule.least_verification != "none":
        found.append(_("checked at least so far: %(level)s") % {"level": rule.get_least_verification_display()})
    return found + _days(rule)


def _days(rule: EvidenceRule) -> list[str]:
    found = []
    if rule.date_from:
        found.append(_("from %(day)s") % {"day": date_format(rule.date_from, "d/m/Y")})
    if rule.date_to:
        found.append(_("until %(day)s") % {"day": date_format(rule.date_to, "d/m/Y")})
    if rule.within_days is not None:
        found.append(_("in the last %(days)s days of the year") % {"days": rule.within_days})
    return found
