"""What this app keeps about people: titles and decisions, and the families and groups in which they learn."""

from django.utils.translation import gettext_lazy as _

from work.processing import (
    JUDGED,
    OFFICE,
    PSEUDONYM,
    RECORDS,
    Basis,
    Processing,
    declare,
    declare_impersonal,
    declare_office,
)

_TITLES = Processing(
    name=_("Titles and the decisions that gave them"),
    data=_("Name and unit as decided, year, number, code for verifying, total, why it was revoked."),
    purpose=_("To recognise the person, to print the certificate, and to let anybody verify it by its code."),
    basis=Basis.CONSENT,
    retention=_("For good, since a title is counted; under a pseudonym and another code once the person is erased."),
    stays=JUDGED,
)
_GROUPS = Processing(
    name=_("Families, clans and communities that learn"),
    data=_("Of which group the person is, from when until when."),
    purpose=_("To count who of a group holds a title."),
    basis=Basis.CONSENT,
    retention=_("Until the person leaves the group or is erased."),
    stays=RECORDS,
)

declare(
    _TITLES,
    {
        "recognition.Title": (
            "dossier unit person identity decision name place year number code total revoked_at revoked_reason"
        )
    },
    kept=PSEUDONYM,
)
declare(
    _TITLES,
    {"recognition.DecisionLine": "dossier decision position name place despite_double"},
    withheld=_("A title is exported; a draft is nobody's business yet."),
    kept=PSEUDONYM,
)
declare(_GROUPS, {"recognition.GroupingMember": "person grouping valid_from valid_to"})
declare(
    OFFICE,
    {
        "recognition.Decision": "signer_name signer_title paper withdrawn_reason",
        "recognition.SignedCopy": "file refusal signers",
        "recognition.PrintRun": "file",
    },
    kept=_("What was signed and printed does not change."),
)
declare_office(
    {
        "recognition.Decision": "created_by withdrawn_by",
        "recognition.SignedCopy": "handed_in_by judged_by",
        "recognition.PrintRun": "asked_by",
        "recognition.Title": "revoked_by",
    }
)
declare_impersonal(
    {
        "recognition.Decision": (
            "unit issuer year number signed_on register_year created_at issued_at names_as_of bases paper_sha256 "
            "effective_at way withdrawn_at"
        ),
        "recognition.SignedCopy": "decision way content_type sha256 handed_in_at judged_at",
        "recognition.PrintRun": "decision asked_at state total done finished_at",
        "recognition.Grouping": "name",
        "recognition.GroupingRule": "source",
    }
)
