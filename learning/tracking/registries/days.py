"""By what one sees on which days somebody learnt. Calls go down, this registry goes up.

An app above (assessments) adds its moments in its ``AppConfig.ready``. Only what stays counts: the moment of a latest
visit would move to the next one, and a day that was shown would be gone.
"""

from typing import Any, NamedTuple

from django.apps import apps


class Moment(NamedTuple):
    """A column of a model that says when somebody did something, and the path from there to the person."""

    label: str
    person: str
    field: str

    def model(self) -> Any:
        return apps.get_model(self.label)


MOMENTS = [
    Moment("tracking.StepProgress", "enrolment__person", "started_at"),
    Moment("tracking.StepProgress", "enrolment__person", "completed_at"),
    Moment("tracking.Statement", "person", "stored"),
    Moment("tracking.Note", "enrolment__person", "made_at"),
]


def register(moment: Moment) -> None:
    """Adds the moment once, however often the app starts."""
    if moment not in MOMENTS:
        MOMENTS.append(moment)
