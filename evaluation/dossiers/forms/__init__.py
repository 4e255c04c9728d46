"""What pages ask: the ten indicators, and the office around them."""

from evaluation.dossiers.forms.findings import AskForm, SayForm
from evaluation.dossiers.forms.links import AnswerListForm, CodeForm
from evaluation.dossiers.forms.meetings import MeetingForm, MinutesForm
from evaluation.dossiers.forms.office import (
    AnswerForm,
    DeadlineForm,
    FindingForm,
    SampleForm,
    StandInForm,
)
from evaluation.dossiers.forms.sheet import OwnRowForm, ReviewRowForm, StepForm
