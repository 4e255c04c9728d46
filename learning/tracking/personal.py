"""What this app keeps about people: courses, steps, notes, goals, and what contents say of them."""

from django.utils.translation import gettext_lazy as _

from work.processing import JUDGED, RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_COURSES = Processing(
    name=_("Courses taken and how far"),
    data=_("Courses and steps, when begun and finished, scores, the certificate."),
    purpose=_("To go on where the person stopped, to decide when a course is finished, and to certify it."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased."),
    stays=JUDGED,
)
_CONTENTS = Processing(
    name=_("What was done in interactive contents"),
    data=_("Answers, results and where the person stopped, as the contents told them."),
    purpose=_("To go on where the person stopped, and to work out the result on the server."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased."),
    stays=JUDGED,
)
_NOTES = Processing(
    name=_("Notes and the weekly goal"),
    data=_("What the person wrote and marked, how many days a week they want to learn."),
    purpose=_("So that the person finds again what they wrote and set themselves; nobody else reads it."),
    basis=Basis.CONSENT,
    retention=_("Until the person deletes it or is erased."),
    stays=RECORDS,
)

declare(
    _COURSES,
    {
        "tracking.Enrolment": "person course course_key course_title enrolled_at completed_at course_revision",
        "tracking.StepProgress": "enrolment step step_key step_title started_at visited_at part completed_at revision "
                                 "score is_doubted",
        "tracking.CourseCertificate": "enrolment code course_title minutes issued_at revoked_at",
    },
)  # fmt: skip
declare(
    _CONTENTS,
    {
        "tracking.Play": "enrolment activity activity_key activity_title version version_key main_library started_at "
                         "finished_at best said evidence_key",
        "tracking.PlayState": "play sub_content field value taken saved_at",
        "tracking.PlayResult": "play received_at verb verdict reason score maximum responses",
        "tracking.LearnerAlias": "person name",
        "tracking.Launch": "person enrolment step_key activity registration started_at expires_at ended_at",
        "tracking.Statement": "person launch stored body target_id is_voiding credential",
        "tracking.Document": "person kind scope agent activity registration document_id content content_type etag "
                             "updated_at",
        "tracking.Attachment": "file",
    },
)  # fmt: skip
declare(
    _CONTENTS,
    {"tracking.Launch": "token_digest"},
    withheld=_("A hash of what let the content in for some hours: it tells the person nothing."),
)
declare(
    _NOTES,
    {
        "tracking.Note": "enrolment step step_key step_title part part_title passage text made_at changed_at",
        "tracking.WeeklyGoal": "person days set_at",
    },
)
declare_office({"tracking.Credential": "created_by"})
declare_impersonal(
    {
        "tracking.Credential": "name key secret_digest scopes created_at revoked_at spoken_version",
        "tracking.ActivityPage": "summary introduction",
        "tracking.StatementTerm": "term statement_id",
        "tracking.Voiding": "by_statement_id",
        "tracking.Attachment": "length",
        "tracking.AttachmentUse": "statement_id sha2 content_type",
        "tracking.ActivityDefinition": "iri definition",
    }
)
