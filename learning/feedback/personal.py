"""What this app keeps about people: what they asked a trainer, and whether a page helped them."""

from django.utils.translation import gettext_lazy as _

from work.processing import RECORDS, Basis, Processing, declare, declare_office

_SAID = Processing(
    name=_("Questions to teachers, and opinions of pages"),
    data=_("The question and its answer; whether a page helped, and a word about it."),
    purpose=_("To answer the person, and to make pages better."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased."),
    stays=RECORDS,
)

declare(
    _SAID,
    {
        "feedback.Enquiry": "enrolment page_key page_title text asked_at can_be_shown answer answered_at is_for_all "
                            "moderation",
        "feedback.Opinion": "person page is_helpful word said_at",
    },
)  # fmt: skip
declare_office({"feedback.Enquiry": "answered_by"})
