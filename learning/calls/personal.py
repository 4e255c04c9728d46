"""What this app keeps about people: to what they were called."""

from django.utils.translation import gettext_lazy as _

from work.processing import RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_CALLS = Processing(
    name=_("Calls to learn"),
    data=_("To what the person was called, until when, why they were given longer."),
    purpose=_("To tell the person what comes next and until when, and an officer who has still to be reminded."),
    basis=Basis.DUTY,
    retention=_("Until the person is erased, or an officer takes them off."),
    stays=RECORDS,
)

declare(_CALLS, {"calls.Called": "call person last_day why_longer"})
declare_office({"calls.Call": "made_by teacher"})
declare_impersonal(
    {
        "calls.Call": "id unit kind key title group group_name first_day last_day reason paper_number state made_at "
                      "called_at",
    }
)  # fmt: skip
