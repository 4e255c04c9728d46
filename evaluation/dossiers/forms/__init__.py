"""What pages ask: the ten indicators, and the office around them."""

from evaluation.dossiers.forms.office import (
    AnswerForm,
    DeadlineForm,
    FindingForm,
    MeetingForm,
    MinutesForm,
    SampleForm,
    StandInForm,
)
from evaluation.dossiers.forms.sheet import OwnRowForm, ReviewRowForm, StepForm
