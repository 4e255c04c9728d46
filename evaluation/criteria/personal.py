"""What this app keeps about people: scores that are suggested, and what a draft of criteria would change."""

from django.utils.translation import gettext_lazy as _

from work.processing import REPLACED, Basis, Processing, declare, declare_impersonal

_SUGGESTIONS = Processing(
    name=_("Suggested scores"),
    data=_("Points for each indicator, worked out from evidence."),
    purpose=_("To suggest scores from evidence; people decide, never the suggestion."),
    basis=Basis.CONSENT,
    retention=_("Until they are worked out again, or the person is erased or objects."),
    stays=REPLACED,
)
_DRAFTS = Processing(
    name=_("Drafts of criteria that are tried out"),
    data=_("Total before and after."),
    purpose=_("To see what a draft of criteria would change before it is in force."),
    basis=Basis.DUTY,
    retention=_("Until the draft is tried out again or deleted."),
    stays=REPLACED,
)

declare(_SUGGESTIONS, {"criteria.SuggestedScores": "person year unit criteria_set tenths total_tenths"})
declare(
    _DRAFTS,
    {"criteria.PreviewLine": "person preview unit before after difference_tenths"},
    withheld=_("A draft of criteria that is tried out: nothing follows from it for anybody."),
)
declare_impersonal(
    {
        "criteria.CriteriaSet": "name version identifier",
        "criteria.Competency": "identifier name",
        "criteria.Indicator": "identifier name explanation examples topics",
        "criteria.Anchor": "text",
        "criteria.EvidenceRule": "identifier topic topic_name page_key issuer",
        "criteria.ScoringRun": "first last reached rows",
        "criteria.Preview": "fingerprint sum_tenths",
    }
)
