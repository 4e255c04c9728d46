"""What may be done with requests about personal data, with breaches of it, and with the time that the law gives."""

from privacy.actions.breaches import Facts, amend_breach, close_breach, record_breach, tell_of_breach
from privacy.actions.reminding import remind, remind_of_breaches
from privacy.actions.requests import acknowledge, file_request, forget, grant, lift, move_requests, refuse
from privacy.actions.retention import clear, clear_confirmed, confirm, keep_days, unconfirm
from privacy.actions.terms import keep_terms
