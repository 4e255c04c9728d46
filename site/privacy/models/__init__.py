"""What people ask about their data, breaches, and the time that the law gives for both."""

from privacy.models.breaches import Breach, BreachNotice, Told
from privacy.models.requests import KINDS, LASTING, MOVES, OPEN, Request
from privacy.models.retention import Retention
from privacy.models.terms import Clock, Holiday, Term
