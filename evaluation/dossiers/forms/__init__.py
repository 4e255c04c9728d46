"""What pages ask: the ten indicators, the queue, and the office around them."""

from evaluation.dossiers.forms.office import (
    AnswerForm,
    DeadlineForm,
    FindingForm,
    MeetingForm,
    MinutesForm,
    SampleForm,
    StandInForm,
)
from evaluation.dossiers.forms.sheet import OwnRowForm, QueueForm, ReviewRowForm, StepForm

__all__ = [
    "AnswerForm",
    "DeadlineForm",
    "FindingForm",
    "MeetingForm",
    "MinutesForm",
    "OwnRowForm",
    "QueueForm",
    "ReviewRowForm",
    "SampleForm",
    "StandInForm",
    "StepForm",
]
