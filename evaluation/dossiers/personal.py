"""What this app keeps about people: dossiers with their scores, how bodies judged them, appeals and inspections."""

from django.utils.translation import gettext_lazy as _

from work.processing import JUDGED, PROVES, PSEUDONYM, Basis, Processing, declare, declare_impersonal, declare_office

_MINUTES = _("Minutes that were closed do not change; the name in them is the pseudonym.")
_OTHERS = _("The dossiers of others.")

_DOSSIERS = Processing(
    name=_("Dossiers, scores and reviews"),
    data=_("Own, suggested and reviewed points, notes, how each body judged and why."),
    purpose=_("To judge by the criteria whether the person is a learning citizen of the year."),
    basis=Basis.CONSENT,
    retention=_("As long as the year's figures and titles rest on them; words go with an erasure."),
    stays=JUDGED,
)
_MEETINGS = Processing(
    name=_("Meetings and their minutes"),
    data=_("Who took part, votes, notes."),
    purpose=_("To show how a body came to its decision, and who was there."),
    basis=Basis.DUTY,
    retention=_("For good: minutes that were closed do not change."),
    stays=PROVES,
)
_APPEALS = Processing(
    name=_("Appeals"),
    data=_("What the person does not agree with, and the answer."),
    purpose=_("To look at a decision again when the person asks for it."),
    basis=Basis.AGREEMENT,
    retention=_("As long as the dossier; words go with an erasure."),
    stays=JUDGED,
)
_INSPECTIONS = Processing(
    name=_("Inspections of dossiers"),
    data=_("Which dossier was drawn, what was found."),
    purpose=_("To see whether bodies judge rightly."),
    basis=Basis.DUTY,
    retention=_("As long as the dossier."),
    stays=PROVES,
)

declare(
    _DOSSIERS,
    {
        "dossiers.Dossier": "person year unit group criteria_set chain state current_step current_unit is_assisted "
                            "confirmed_at confirmed_how fingerprint stale_since seen_at opened_at submitted_at "
                            "decided_at frozen identity_level",
        "dossiers.IndicatorScore": "dossier indicator self_points self_note self_saved_at suggested_points "
                                   "suggested_trace reviewed_points",
        "dossiers.Review": "dossier step unit outcome reason seconds figures at",
        "dossiers.ScoreChange": "score step before after reason at",
    },
    kept=PSEUDONYM,
)  # fmt: skip
declare(_DOSSIERS, {"dossiers.IndicatorScore_evidence": "indicatorscore evidence"})
declare(_DOSSIERS, {"dossiers.Review": "meeting"}, withheld=_OTHERS, kept=PSEUDONYM)
declare(
    _DOSSIERS,
    {"dossiers.StandIn": "membership reason"},
    withheld=_("Why a body needed somebody; the role itself is exported."),
    kept=PSEUDONYM,
)
declare(_MEETINGS, {"dossiers.Meeting": "chair secretary", "dossiers.Attendance": "person is_present"}, kept=_MINUTES)
declare(_MEETINGS, {"dossiers.Attendance": "meeting"}, withheld=_("Who else was there."), kept=_MINUTES)
declare(
    _MEETINGS,
    {"dossiers.MeetingLine": "dossier votes_for votes_against abstained chair_is_for result remark total"},
    withheld=_("How a body's members voted: its minutes; what it decided is exported."),
    kept=_MINUTES,
)
declare(_MEETINGS, {"dossiers.MeetingLine": "meeting", "dossiers.Meeting": "notes"}, withheld=_OTHERS, kept=_MINUTES)
declare(
    _APPEALS,
    {"dossiers.Appeal": "dossier unit reason filed_at due_on outcome answer answered_at frozen"},
    kept=PSEUDONYM,
)
declare(
    _APPEALS, {"dossiers.Appeal": "filed_by"}, withheld=_("The appeal is exported with its dossier."), kept=PSEUDONYM
)
declare(
    _INSPECTIONS,
    {"dossiers.InspectedDossier": "dossier sample position finding note inspected_at weighed weighed_at"},
    withheld=_("It inspects the work of the bodies; it changes nothing for the person."),
    kept=PSEUDONYM,
)
declare(
    Processing(
        name=_("Findings that are followed up"),
        data=_("What an inspection asks of a unit about a dossier, the unit's answer and its papers."),
        purpose=_("So that what an inspection found is put right, and seen to be."),
        basis=Basis.DUTY,
        retention=_("As long as the dossier; words and papers go with an erasure."),
        stays=PROVES,
    ),
    {
        "dossiers.FollowUp": "line unit due_on state",
        "dossiers.FollowUpEntry": "follow_up state words at",
        "dossiers.FollowUpFile": "entry name file content_type size sha256 is_scanned",
    },
    withheld=_("It inspects the work of the bodies; it changes nothing for the person."),
    kept=PSEUDONYM,
)
declare(
    Processing(
        name=_("Lists that a body answered by link"),
        data=_("Name and function of who answers for a body without an account; its word on each dossier."),
        purpose=_("To show who said what for the body, and that nobody else did."),
        basis=Basis.DUTY,
        retention=_("As long as the dossiers."),
        stays=PROVES,
    ),
    {
        "dossiers.BodyLink": "answered_by answered_as",
        "dossiers.LinkLine": "link dossier frozen word remark taken_at",
        "dossiers.LinkAct": "dossiers",
    },
    withheld=_("What a body said to its officer; what the officer did with it is exported."),
    kept=PSEUDONYM,
)
declare_office(
    {
        "dossiers.BodyLink": "frozen_by",
        "dossiers.LinkAct": "by",
        "dossiers.FollowUpEntry": "by",
        "dossiers.Appeal": "answered_by",
        "dossiers.Deadline": "set_by",
        "dossiers.Dossier": "assisted_by confirmed_by",
        "dossiers.InspectedDossier": "inspected_by weighed_by",
        "dossiers.InspectionSample": "drawn_by",
        "dossiers.Meeting": "called_by closed_by",
        "dossiers.Review": "by",
        "dossiers.ScoreChange": "by",
        "dossiers.StandIn": "appointed_by",
    }
)
declare_impersonal(
    {
        "dossiers.ReviewChain": "name",
        "dossiers.ReviewStep": "name",
        "dossiers.Deadline": "unit year last_day set_at",
        "dossiers.StandIn": "appointed_at",
        "dossiers.Meeting": "step unit year held_at place called_at closed_at",
        "dossiers.BodyLink": "step unit year token_hash code_hash digest frozen_at expires_at tries browser_hash "
        "is_tried_out revoked_at answered_at taken_at",
        "dossiers.LinkAct": "link kind digest at",
        "dossiers.InspectionSample": "unit year stage seed percent population drawn_at",
    }
)
