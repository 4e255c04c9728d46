"""What this app keeps about people: what each adds to the figures of a year, and who entered and sent them."""

from django.utils.translation import gettext_lazy as _

from work.processing import JUDGED, PSEUDONYM, Basis, Processing, declare, declare_impersonal, declare_office

_FIGURES = Processing(
    name=_("What each person adds to the figures"),
    data=_("Unit, and whether the person learnt, holds a title, has digital skills."),
    purpose=_("To count people in the yearly report, each once."),
    basis=Basis.DUTY,
    retention=_("As long as the year can be reported."),
    stays=JUDGED,
)

declare(
    _FIGURES,
    {"reporting.PersonFigures": "person year member_unit has_studied is_grouped is_unit_staff has_title title_unit "
                                "is_skilled is_self_updated",
     "reporting.Change": "person_id"},
    withheld=_("Counted from what is exported."),
    kept=PSEUDONYM,
)  # fmt: skip
declare_office(
    {
        "reporting.Denominator": "entered_by",
        "reporting.FrozenReport": "frozen_by",
        "reporting.ReportSending": "noted_by",
    }
)
declare_impersonal(
    {
        "reporting.Target": "topic source",
        "reporting.Denominator": "unit year measure value entered_at",
        "reporting.CountedYear": "criteria_topic digital_topic criteria_starts",
        "reporting.FrozenReport": "unit year number day paper_number reason content sha256 frozen_at",
        "reporting.FrozenPaper": "name kind content sha256",
        "reporting.ReportSending": "report recipient way address sent_on noted_at",
    }
)
