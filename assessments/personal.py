"""What this app keeps about people: attempts, answers, marks, extra time, signals of cheating."""

from django.utils.translation import gettext_lazy as _

from work.processing import JUDGED, RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_ATTEMPTS = Processing(
    name=_("Attempts at quizzes, answers and marks"),
    data=_("Questions as they were asked, answers, points, remarks, times, hashes of device and address for a day."),
    purpose=_("To mark what was answered, to tell the person why, and to mark anew where a question was wrong."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased; marks of device and address, one day."),
    ended_by=("forget_traces",),
    stays=JUDGED,
)
_EXTRA_TIME = Processing(
    name=_("Extra time in quizzes"),
    data=_("How much more time; no reason."),
    purpose=_("To give more time to who needs it; the reason is not asked."),
    basis=Basis.CONSENT,
    retention=_("Until it is taken back or the person is erased."),
    stays=RECORDS,
)
_SIGNALS = Processing(
    name=_("Signals at quizzes that are watched"),
    data=_("What was noticed at which attempt, and what a trainer found."),
    purpose=_("To let a person judge whether an attempt was the learner's own; no signal decides anything."),
    basis=Basis.DUTY,
    retention=_("Until the person is erased."),
    stays=JUDGED,
)

declare(
    _ATTEMPTS,
    {
        "assessments.Attempt": "enrolment quiz quiz_key quiz_title quiz_revision number purpose seed pass_mark "
                               "feedback feedback_when started_at due_at finished_at is_settled points max_points "
                               "is_passed is_marked_anew device_mark address_mark is_watched",
        "assessments.Response": "attempt position version order answer sequence answered_at is_late is_closed marks "
                                "marked_at points",
        "assessments.WrittenMark": "response number points comment marked_at",
        "assessments.EarlierResult": "attempt number points is_passed marks replaced_at reason",
    },
)  # fmt: skip
declare(_EXTRA_TIME, {"assessments.ExtraTime": "person percent granted_at"})
declare(_SIGNALS, {"assessments.Signal": "attempt kind details noticed_at cleared_at note"})
declare_office(
    {
        "assessments.KeyCorrection": "made_by",
        "assessments.QuestionVersion": "created_by",
        "assessments.ExtraTime": "granted_by",
        "assessments.Response": "marked_by",
        "assessments.Signal": "cleared_by",
        "assessments.WrittenMark": "marked_by",
    }
)
declare_impersonal(
    {
        "assessments.Pool": "name",
        "assessments.Question": "slug heading draft folded_text",
        "assessments.QuestionVersion": "question number kind prompt body feedback media created_at",
        "assessments.KeyCorrection": "version corrected reason made_at",
        "assessments.Figure": "name drawn_from",
        "assessments.QuizPage": "summary introduction",
    }
)
