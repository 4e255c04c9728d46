"""What this app keeps about people: what they propose, and what officers say to it."""

from django.utils.translation import gettext_lazy as _

from work.processing import RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_PROPOSALS = Processing(
    name=_("Proposals and difficulties"),
    data=_("What the person proposed or found hard, in which unit and when, and what was answered."),
    purpose=_("To answer it, and to take it to who can."),
    basis=Basis.AGREEMENT,
    retention=_("Until the person is erased; what the office said to it stays."),
    stays=RECORDS,
)

declare(
    _PROPOSALS,
    {"movement.Proposal": "person unit kind title text state joined_to office published_as filed_at"},
)
declare(
    _PROPOSALS,
    {"movement.ProposalEntry": "proposal act words number dated office at"},
    kept=_("The proposal names nobody any more; what the office said to it stays."),
)
declare_office({"movement.Proposal": "filed_by", "movement.ProposalEntry": "by"})
declare_impersonal({"movement.Proposal": "token"})
