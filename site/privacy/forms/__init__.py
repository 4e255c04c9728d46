"""What people and officers type about personal data."""

from privacy.forms.breaches import BreachForm, ClosingForm, TellingForm
from privacy.forms.requests import NOBODY, AnswerForm, AssistedRequestForm, RequestForm
from privacy.forms.retention import ClearingForm, DaysForm
from privacy.forms.terms import TermsForm
