"""What this app keeps about people: what they ask about their own data, and what they were answered."""

from django.utils.translation import gettext_lazy as _

from work.processing import PSEUDONYM, Basis, Processing, declare, declare_impersonal, declare_office

_REQUESTS = Processing(
    name=_("Requests about personal data"),
    data=_("What was asked for, in which words, when, and what was answered."),
    purpose=_("To answer within the days of the law, and to prove that it was done."),
    basis=Basis.DUTY,
    retention=_("For good; words go with an erasure."),
)

declare(
    _REQUESTS,
    {
        "privacy.Request": "person kind words unit state filed_at acknowledge_by acknowledged_at due_on answer "
                           "answered_at",
    },
    kept=PSEUDONYM,
)  # fmt: skip
declare_office({"privacy.Request": "filed_by answered_by"})
declare_impersonal({"privacy.Holiday": "name"})
