"""The plan's targets as they are loaded (domain: Kế hoạch 4742/KH-UBND, I.2). Once loaded they are edited as data."""

from dataclasses import dataclass

from evaluation.reporting.models import Target

SOURCE = "Kế hoạch 4742/KH-UBND, I.2"
CRITERIA_TOPIC = "tieu-chi-cong-dan-hoc-tap"
DIGITAL_TOPIC = "ky-nang-so"

Measure = Target.Measure


@dataclass(frozen=True)
class Goal:
    measure: Target.Measure
    until: int
    percent: int
    topic: str = ""


GOALS = (
    Goal(Measure.STUDIED_CRITERIA, 2025, 100, CRITERIA_TOPIC),
    Goal(Measure.ADULTS_TITLED, 2025, 40),
    Goal(Measure.STAFF_TITLED, 2025, 60),
    Goal(Measure.DIGITAL_SKILLS, 2025, 70, DIGITAL_TOPIC),
    Goal(Measure.SELF_UPDATED, 2025, 60),
    Goal(Measure.STUDIED_CRITERIA, 2030, 100, CRITERIA_TOPIC),
    Goal(Measure.ADULTS_TITLED, 2030, 60),
    Goal(Measure.STAFF_TITLED, 2030, 80),
    Goal(Measure.DIGITAL_SKILLS, 2030, 90, DIGITAL_TOPIC),
    Goal(Measure.SELF_UPDATED, 2030, 80),
)
