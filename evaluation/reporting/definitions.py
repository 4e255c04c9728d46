"""The plan's targets (domain: Kế hoạch 4742/KH-UBND, I.2) and the figures by which each is followed.

Once loaded, targets are edited as data. What each figure counts over what stands in words; the fifth target is read in
two ways, both labelled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOURCE = "Kế hoạch 4742/KH-UBND, I.2"
CRITERIA_TOPIC = "tieu-chi-cong-dan-hoc-tap"
DIGITAL_TOPIC = "ky-nang-so"

Text = str | Promise


class Measure(StrEnum):
    """Of the targets that are known by name."""

    STUDIED_CRITERIA = "studied_criteria"
    ADULTS_TITLED = "adults_titled"
    STAFF_TITLED = "staff_titled"
    DIGITAL_SKILLS = "digital_skills"
    SELF_UPDATED = "self_updated"


@dataclass(frozen=True)
class Aim:
    """A target of the plan. ``key`` is stored, in at most 20 signs; ``goals`` are the shares to reach, in percent, by
    the year at whose end; ``topic`` that whose courses and certificates count. ``entered_as``: how officers are asked
    for its denominator where no record here can count it.
    """

    key: str
    label: Text
    goals: Mapping[int, int]
    topic: str = ""
    entered_as: Text = ""


@dataclass(frozen=True)
class Definition:
    """What a figure is. ``measure`` is its aim; ``denominator`` names a count of Tally; nothing: officers enter it."""

    key: str
    measure: str
    label: Text
    short_label: Text
    numerator: str
    numerator_words: Text
    denominator: str
    denominator_words: Text


AIMS: dict[str, Aim] = {}
DEFINITIONS: list[Definition] = []


def register(aim: Aim, *figures: Definition) -> None:
    AIMS[aim.key] = aim
    DEFINITIONS.extend(figures)


def measures() -> list[tuple[str, Text]]:
    """Migrations name this function, so a new target needs none."""
    return [(aim.key, aim.label) for aim in AIMS.values()]


register(
    Aim(
        Measure.STUDIED_CRITERIA, _("Cadres and members who have studied the criteria"),
        {2025: 100, 2030: 100}, topic=CRITERIA_TOPIC,
    ),
    Definition(
        "studied_criteria", Measure.STUDIED_CRITERIA,
        _("Cadres and members who have studied the criteria"),
        _("Studied the criteria"),
        "studied", _("cadres and members who finished a course or quiz, or were at a session, on the criteria"),
        "members", _("cadres and members on the cut-off date"),
    ),
)  # fmt: skip
register(
    Aim(
        Measure.ADULTS_TITLED, _("Adults in learning families, clans and communities with the title"),
        {2025: 40, 2030: 60},
    ),
    Definition(
        "adults_titled", Measure.ADULTS_TITLED,
        _("Adults in learning families, clans and communities with the title"),
        _("Adults with the title"),
        "grouped_titled", _("of them, those with the title"),
        "grouped", _("adults in learning families, clans and communities"),
    ),
)  # fmt: skip
register(
    Aim(
        Measure.STAFF_TITLED, _("Staff of learning units with the title"),
        {2025: 60, 2030: 80},
    ),
    Definition(
        "staff_titled", Measure.STAFF_TITLED,
        _("Staff of learning units with the title"),
        _("Staff with the title"),
        "unit_staff_titled", _("of them, those with the title"),
        "unit_staff", _("officials, employees and workers of learning units"),
    ),
)  # fmt: skip
register(
    Aim(
        Measure.DIGITAL_SKILLS, _("Titled people with digital skills"),
        {2025: 70, 2030: 90}, topic=DIGITAL_TOPIC,
    ),
    Definition(
        "digital_skills", Measure.DIGITAL_SKILLS,
        _("Titled people with digital skills"),
        _("Digital skills"),
        "skilled", _("titled people with a course, quiz or confirmed certificate on digital skills"),
        "titled", _("people with the title"),
    ),
)  # fmt: skip
register(
    Aim(
        Measure.SELF_UPDATED, _("People who update their own evaluation online"),
        {2025: 60, 2030: 80},
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
