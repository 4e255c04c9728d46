"""What this app keeps about people: what they ask about their data and were answered; breaches, which name nobody."""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.models import LASTING, OPEN, Request
from work.processing import (
    PROVES,
    PSEUDONYM,
    Basis,
    Clearing,
    Processing,
    clears,
    declare,
    declare_impersonal,
    declare_office,
)

_REQUESTS = Processing(
    name=_("Requests about personal data"),
    data=_("What was asked for, in which words, when, and what was answered."),
    purpose=_("To answer within the days of the law, and to prove that it was done."),
    basis=Basis.DUTY,
    retention=_("For good; the words go with an erasure, or %(words_of_requests)s days after the answer."),
    ended_by=("words_of_requests",),
    stays=_("That it was asked and answered in time stays, as the proof of it."),
)

_NAMES_NOBODY = _("It counts people and names nobody.")

_BREACHES = Processing(
    name=_("The register of breaches"),
    data=_("What happened to which kinds of data, of how many people of which units, what was done, who was told."),
    purpose=_("To tell the authority and the people concerned in time, and to prove it."),
    basis=Basis.DUTY,
    retention=_("For good; it names nobody."),
    stays=PROVES,
)


def _said(before: datetime.datetime) -> QuerySet[Request]:
    """Answered, and nothing of it goes on: a restriction that holds keeps its reason."""
    over = Request.objects.filter(answered_at__lt=before).exclude(state__in=OPEN)
    return over.exclude(state=Request.State.GRANTED, kind__in=LASTING).exclude(words="", answer="")


clears(
    Clearing(
        name="words_of_requests",
        title=_("Words of requests about personal data that are answered"),
        stays=_("Who asked for what and when it was answered; requests that are open, and restrictions that hold."),
        days=5 * 365,
        least=365,
        due=_said,
        code="person__code",
        empties=("words", "answer"),
    )
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
        "privacy.Retention": "confirmed_by",
    }
)
declare_impersonal({"privacy.Holiday": "name", "privacy.Retention": "clearing days confirmed_at"})
