"""What the kinds of interactive contents are called, for who has never read a library's name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NAMES: dict[str, Promise] = {
    "LearningCitizen.Base": _("Shared by all activities"),
    "LearningCitizen.KnowledgeCheck": _("Knowledge check"),
    "LearningCitizen.FlashCards": _("Flash cards"),
    "LearningCitizen.BranchingScenario": _("Branching scenario"),
    "LearningCitizen.HotspotPicture": _("Hotspot picture"),
    "H5P.MultiChoice": _("Multiple-choice question"),
    "H5P.TrueFalse": _("True or false"),
    "H5P.Blanks": _("Fill in the blanks"),
    "H5P.DragText": _("Drag the words"),
    "H5P.SingleChoiceSet": _("Single choice set"),
    "H5P.DragQuestion": _("Drag and drop"),
    "H5P.Summary": _("Summary"),
    "H5P.MarkTheWords": _("Mark the words"),
    "H5P.QuestionSet": _("Question set"),
    "H5P.Column": _("Column of parts"),
    "H5P.InteractiveVideo": _("Interactive video"),
    "H5P.CoursePresentation": _("Slides with questions"),
}


def kind_of(library: str, title: str = "") -> str:
    """For "H5P.MultiChoice", with or without a version behind it; what has no name of ours keeps its own."""
    name = library.partition(" ")[0]
    return str(_NAMES.get(name, title or name))
