"""The writes of what learners say back."""

from learning.feedback.actions.enquiries import answer, ask, let_show, moderate, report, withdraw
from learning.feedback.actions.opinions import erase_opinions, say
from learning.feedback.actions.people import move_feedback
