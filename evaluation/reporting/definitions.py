"""What each figure of the plan counts over what, in words; the fifth target is read in two ways, both labelled."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.reporting.models import Target

Measure = Target.Measure
Text = str | Promise


@dataclass(frozen=True)
class Definition:
    """What a figure is. ``denominator`` names a count of Tally; nothing: an officer enters it."""

    key: str
    measure: Target.Measure
    label: Text
    short_label: Text
    numerator: str
    numerator_words: Text
    denominator: str
    denominator_words: Text


DEFINITIONS = (
    Definition(
        "studied_criteria", Measure.STUDIED_CRITERIA,
        _("Cadres and members who have studied the criteria"),
        _("Studied the criteria"),
        "studied", _("cadres and members who finished a course or quiz on the criteria"),
        "members", _("cadres and members on the cut-off date"),
    ),
    Definition(
        "adults_titled", Measure.ADULTS_TITLED,
        _("Adults in learning families, clans and communities with the title"),
        _("Adults with the title"),
        "residents_titled", _("residents with the title"),
        "", _("adults in learning families, clans and communities"),
    ),
    Definition(
        "staff_titled", Measure.STAFF_TITLED,
        _("Staff of learning units with the title"),
        _("Staff with the title"),
        "staff_titled", _("officials, employees and workers with the title"),
        "", _("staff of learning units"),
    ),
    Definition(
        "digital_skills", Measure.DIGITAL_SKILLS,
        _("Titled people with digital skills"),
        _("Digital skills"),
        "skilled", _("titled people with a course, quiz or confirmed certificate on digital skills"),
        "titled", _("people with the title"),
    ),
    Definition(
        "self_updated", Measure.SELF_UPDATED,
        _("Update their own evaluation online, of all titled people"),
        _("Self-updating, of the titled"),
        "self_updated", _("titled people who entered their own scores from their own account, unassisted"),
        "titled", _("people with the title"),
    ),
    Definition(
        "self_updated_of_skilled", Measure.SELF_UPDATED,
        _("Update their own evaluation online, of those with digital skills"),
        _("Self-updating, of the digitally skilled"),
        "skilled_self_updated", _("of them, those who entered their own scores from their own account, unassisted"),
        "skilled", _("titled people with digital skills"),
    ),
)  # fmt: skip
