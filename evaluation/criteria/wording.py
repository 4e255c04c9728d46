"""Rules in words, for people who never see a field's name. Pure but for the language that is active."""

from django.utils.translation import gettext as _

from evaluation.criteria.explanation import asked, points_text
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
    return found + asked(rule)
