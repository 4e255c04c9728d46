"""What this app keeps about people: what they ask about their data and were answered; breaches, which name nobody."""

from django.utils.translation import gettext_lazy as _

from work.processing import PSEUDONYM, Basis, Processing, declare, declare_impersonal, declare_office

_REQUESTS = Processing(
    name=_("Requests about personal data"),
    data=_("What was asked for, in which words, when, and what was answered."),
    purpose=_("To answer within the days of the law, and to prove that it was done."),
    basis=Basis.DUTY,
    retention=_("For good; words go with an erasure."),
)

_NAMES_NOBODY = _("It counts people and names nobody.")

_BREACHES = Processing(
    name=_("The register of breaches"),
    data=_("What happened to which kinds of data, of how many people of which units, what was done, who was told."),
    purpose=_("To tell the authority and the people concerned in time, and to prove it."),
    basis=Basis.DUTY,
    retention=_("For good; it names nobody."),
)

declare(
    _REQUESTS,
    {
        "privacy.Request": "person kind words unit state filed_at acknowledge_by acknowledged_at due_on answer "
                           "answered_at",
    },
    kept=PSEUDONYM,
)  # fmt: skip
declare(
    _BREACHES,
    {
        "privacy.Breach": "happened noticed_at due_at affected people consequences measures state recorded_at "
                          "changed_at conclusion closed_at",
        "privacy.BreachNotice": "breach told told_at words",
    },
    withheld=_NAMES_NOBODY,
    kept=_NAMES_NOBODY,
)  # fmt: skip
declare_office(
    {
        "privacy.Request": "filed_by answered_by",
        "privacy.Breach": "recorded_by closed_by",
        "privacy.BreachNotice": "recorded_by",
    }
)
declare_impersonal({"privacy.Holiday": "name"})
