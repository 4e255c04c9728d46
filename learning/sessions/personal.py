"""What this app keeps about people: who said that they come. Who was there stands in the ledger."""

from django.utils.translation import gettext_lazy as _

from work.processing import JUDGED, RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_REPLIES = Processing(
    name=_("Answers to sessions"),
    data=_("To which session somebody said that they come, or do not, and when."),
    purpose=_("To keep a place for who comes, and to let others move up."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased."),
    stays=RECORDS,
)
_TRAINERS = Processing(
    name=_("Who speaks at a session"),
    data=_("Names of speakers, as the organiser announced them."),
    purpose=_("So that people know whom they will hear."),
    basis=Basis.CONSENT,
    retention=_("As long as the session stands."),
    stays=RECORDS,
)
_PRINTED = Processing(
    name=_("Printed invitations"),
    data=_("Who is invited to a session, a page each, in one file."),
    purpose=_("To hand them out on paper, where many are invited."),
    basis=Basis.CONSENT,
    retention=_("Seven days; less where one of them is erased or left out."),
    stays=RECORDS,
)
_CERTIFICATES = Processing(
    name=_("Certificates of attendance"),
    data=_("At which session the person was, and the code of the certificate."),
    purpose=_("So that anybody to whom they show it can verify it."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased."),
    stays=JUDGED,
)
declare(_CERTIFICATES, {"learning_sessions.AttendanceCertificate": "session person code issued_at revoked_at"})
_INVITEES = Processing(
    name=_("Invitations to sessions"),
    data=_("To which session somebody is invited, as whom, and when."),
    purpose=_("So that who is invited hears of it, and who has not answered is asked again."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased."),
    stays=RECORDS,
)
declare(_INVITEES, {"learning_sessions.Invitee": "session person group_name invited_at"})
declare(_REPLIES, {"learning_sessions.Reply": "session person is_coming replied_at"})
declare(
    _TRAINERS,
    {"learning_sessions.Session": "trainers"},
    withheld=_("They are words of the organiser, bound to nobody's record."),
    kept=_("They are words of the organiser, bound to nobody's record."),
)
declare(
    Processing(
        name=_("Papers of sessions"),
        data=_("Files of a session: slides and handouts; signed minutes and the signed list of who was there."),
        purpose=_("So that who comes can read them, and the office can show what took place."),
        basis=Basis.DUTY,
        retention=_("As long as the session stands, or until an officer takes them away."),
        stays=RECORDS,
    ),
    {"learning_sessions.Material": "title file content_type sha256"},
    withheld=_("They are papers of the office, bound to nobody's record."),
    kept=_("They are papers of the office, bound to nobody's record."),
)
declare(
    _PRINTED,
    {"learning_sessions.PrintRun": "file"},
    withheld=_("They are papers of the office, bound to nobody's record."),
)
declare_office({"learning_sessions.PrintRun": "asked_by", "learning_sessions.Session": "created_by"})
declare_impersonal(
    {
        "learning_sessions.Day": "session starts_at ends_at",
        "learning_sessions.Material": "session stage link size is_scanned",
        "learning_sessions.PrintRun": "session asked_at state total done finished_at",
        "learning_sessions.Session": "unit state is_public title place way map_link online_link starts_at ends_at "
                                     "agenda capacity topics minutes cost most_days series created_at",
    }
)  # fmt: skip
