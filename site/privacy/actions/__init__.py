"""What may be done with requests about personal data, and with the days that they have."""

from privacy.actions.reminding import remind
from privacy.actions.requests import acknowledge, file_request, forget, grant, lift, move_requests, refuse
from privacy.actions.terms import keep_terms
