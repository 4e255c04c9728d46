"""What this app keeps about people: the evidence of what they did, its files, and what an erasure leaves behind."""

from django.utils.translation import gettext_lazy as _

from work.processing import JUDGED, OFFICE, RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_EVIDENCE = Processing(
    name=_("Evidence of learning, and its files"),
    data=_("What was done and when, score, unit, who entered and checked it, the files that were handed in."),
    purpose=_("To show what the person did, for the yearly evaluation and for themselves."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased; an entry is never changed, only superseded."),
    stays=JUDGED,
)

declare(
    _EVIDENCE,
    {
        "evidence.Evidence": "person supersedes kind title occurred_at recorded_at score page_key page_revision topics "
                             "unit source verification entered_by details source_key",
        "evidence.EvidenceFile": "evidence file name content_type size sha256 is_scanned",
    },
)  # fmt: skip
declare(
    Processing(
        name=_("Code of the national learning record"),
        data=_("The code, and when it was given."),
        purpose=_("To stand in the learning record that the person takes along; they need not give it."),
        basis=Basis.CONSENT,
        retention=_("Until the person takes it back or is erased."),
        stays=RECORDS,
    ),
    {"evidence.NationalRecord": "person code given_at"},
)
declare(
    OFFICE,
    {"evidence.ErasureOrder": "person ordered_at"},
    withheld=_("It stands for nobody who could still export."),
    kept=_("The ledger's triggers ask for it."),
)
declare_office({"evidence.ErasureOrder": "ordered_by"})
declare_impersonal(
    {
        "evidence.Unsealed": "kind voucher",
        "evidence.Leaf": "entry_id kind digest",
        "evidence.Salt": "value",
        "evidence.Node": "position hash",
        "evidence.LedgerKey": "public_key vouching",
        "evidence.Checkpoint": "size root previous_root signature",
        "evidence.Erasure": "leaves",
    }
)
