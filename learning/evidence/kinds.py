"""The kinds of evidence: what each is called, and in which words it is spoken of. Apps above register theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Kind(StrEnum):
    """What this app and those beside it record by name."""

    COURSE_COMPLETED = "course_completed"
    QUIZ_PASSED = "quiz_passed"
    ACTIVITY_COMPLETED = "activity_completed"
    ATTENDANCE = "attendance"
    EXTERNAL_CERTIFICATE = "external_certificate"
    DECLARATION = "declaration"
    OBSERVATION = "observation"


# Stands outside the kinds, so that no rule can ever count it: the entry that takes a fact back.
WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class EvidenceKind:
    """``key`` is stored, in at most 24 signs. ``told`` and ``told_with_score`` say what was done, within a sentence,
    with ``title``, ``day`` and ``score``; ``way`` and ``way_on_topic`` begin one on how to have more of it.

    ``offered_as`` stands in the form where people declare it themselves; without, they cannot. ``origins`` say where it
    comes from, by what its ``details`` hold as ``how``, where its source alone says too little.
    """

    key: str
    label: Words
    told: Words
    way: Words
    way_on_topic: Words
    told_with_score: Words = ""
    offered_as: Words = ""
    is_officers_entry: bool = False  # an officer takes it back, never the person
    origins: Mapping[str, Words] = field(default_factory=dict)


KINDS: dict[str, EvidenceKind] = {}


def register(kind: EvidenceKind) -> None:
    KINDS[kind.key] = kind


def choices() -> list[tuple[str, Words]]:
    """What a rule may count. Migrations name this function, so a new kind needs none."""
    return [(kind.key, kind.label) for kind in KINDS.values()]


def stored_choices() -> list[tuple[str, Words]]:
    return [*choices(), (WITHDRAWAL, _("Withdrawal"))]


def offered_choices() -> list[tuple[str, Words]]:
    """What people declare themselves."""
    return [(kind.key, kind.offered_as) for kind in KINDS.values() if kind.offered_as]


register(
    EvidenceKind(
        Kind.COURSE_COMPLETED,
        _("Course completed"),
        told=_("finished the course “%(title)s” on %(day)s"),
        told_with_score=_("finished the course “%(title)s” with %(score)s/10 on %(day)s"),
        way=_("Finish a course"),
        way_on_topic=_("Finish a course on “%(topic)s”"),
    )
)
register(
    EvidenceKind(
        Kind.QUIZ_PASSED,
        _("Quiz passed"),
        told=_("passed the quiz “%(title)s” on %(day)s"),
        told_with_score=_("passed the quiz “%(title)s” with %(score)s/10 on %(day)s"),
        way=_("Pass a quiz"),
        way_on_topic=_("Pass a quiz on “%(topic)s”"),
    )
)
register(
    EvidenceKind(
        Kind.ACTIVITY_COMPLETED,
        _("Activity completed"),
        told=_("completed the activity “%(title)s” on %(day)s"),
        told_with_score=_("completed the activity “%(title)s” with %(score)s/10 on %(day)s"),
        way=_("Complete an activity"),
        way_on_topic=_("Complete an activity on “%(topic)s”"),
        origins={
            "marked": _(
                "The learner marked it as finished: this kind of activity does not report by itself when it was "
                "played to the end. Nobody has checked it."
            ),
        },
    )
)
register(
    EvidenceKind(
        Kind.ATTENDANCE,
        _("Attendance at a session"),
        told=_("took part in “%(title)s” on %(day)s"),
        way=_("Take part in a session, meeting or training"),
        way_on_topic=_("Take part in a session on “%(topic)s”"),
        is_officers_entry=True,
        origins={
            "qr": _("Checked in with their own account by the code shown at the session; the site checked it."),
            "list": _("The organiser noted on their list that the learner was there."),
            "spreadsheet": _("From the organiser's spreadsheet of those who were there."),
            "self": _("Noted by the learner, who may hold it: their own word until another officer notes it."),
        },
    )
)
register(
    EvidenceKind(
        Kind.EXTERNAL_CERTIFICATE,
        _("External certificate"),
        told=_("certificate “%(title)s” of %(day)s"),
        way=_("Add a certificate"),
        way_on_topic=_("Add a certificate in “%(topic)s”"),
        offered_as=_("A certificate or confirmation that someone else issued"),
    )
)
register(
    EvidenceKind(
        Kind.DECLARATION,
        _("Declaration"),
        told=_("declaration “%(title)s” of %(day)s"),
        way=_("Declare what you did"),
        way_on_topic=_("Declare what you did for “%(topic)s”"),
        offered_as=_("Something that I did and declare myself"),
    )
)
register(
    EvidenceKind(
        Kind.OBSERVATION,
        _("Officer's observation"),
        told=_("an officer noted “%(title)s” on %(day)s"),
        way=_("Have an officer note what you did"),
        way_on_topic=_("Have an officer note what you did for “%(topic)s”"),
        is_officers_entry=True,
    )
)
