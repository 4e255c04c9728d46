"""What this app keeps about people: what they propose, what officers say to it, and who does what in a plan."""

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
_PLANS = Processing(
    name=_("Work plans"),
    data=_("Who leads and who helps with a task, as the unit wrote it, and papers that show its result."),
    purpose=_("So that a unit knows what is to be done by whom, and can show what came of it."),
    basis=Basis.DUTY,
    retention=_("As long as the plan stands, or until an officer takes them away."),
    stays=RECORDS,
)
_OFFICE = _("They are words and papers of the office, bound to nobody's record.")
declare(
    _PLANS,
    {"movement.PlanTask": "leads helps result", "movement.PlanFile": "file name sha256",
     "movement.TemplateTask": "leads helps"},
    withheld=_OFFICE,
    kept=_OFFICE,
)  # fmt: skip
declare_office({"movement.Proposal": "filed_by", "movement.ProposalEntry": "by", "movement.WorkPlan": "opened_by"})
declare_impersonal(
    {
        "movement.Proposal": "token",
        "movement.PlanFile": "task content_type",
        "movement.PlanTask": "plan clause title",
        "movement.TemplateTask": "clause title",
        "movement.WorkPlan": "unit year opened_at",
    }
)
