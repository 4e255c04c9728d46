"""The blocks in which trainers write activities. All texts are plain: other hosts of H5P show them as they stand."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


def _lines(label: Any, help_text: Any = "", *, required: bool = True) -> blocks.TextBlock:
    return blocks.TextBlock(label=label, help_text=help_text, required=required, rows=3, max_length=2000)


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"), required=False)
    alt = blocks.CharBlock(
        label=_("Description for who cannot see it"),
        help_text=_("Say what the image shows, as if over the telephone."),
        max_length=400,
        required=False,
    )

    class Meta:
        label = _("Picture, if one helps")
        icon = "image"
        collapsed = True


class ActivityAnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_right = blocks.BooleanBlock(label=_("This one is right"), required=False)
    feedback = _lines(_("Said to who chose it"), _("Why it is right, or what is wrong with it."), required=False)

    class Meta:
        label = _("Answer")
        icon = "list-ul"


class ActivityQuestionBlock(blocks.StructBlock):
    text = _lines(_("Question"), _("One thing at a time, in the words that learners use."))
    picture = PictureBlock()
    answers = blocks.ListBlock(
        ActivityAnswerBlock(),
        label=_("Answers"),
        help_text=_("With one right answer learners choose one; with several they must choose all of them."),
        min_num=2,
        max_num=8,
    )
    explanation = _lines(_("Explanation"), _("Shown to everyone once the question is checked."), required=False)

    class Meta:
        label = _("Question")
        icon = "help"


class CardBlock(blocks.StructBlock):
    front = _lines(_("Front"), _("What learners see first: a word, a question."))
    picture = PictureBlock()
    back = _lines(_("Back side"), _("What they try to remember."))

    class Meta:
        label = _("Card")
        icon = "clipboard-list"


def _short_name(label: Any, help_text: Any = "") -> blocks.RegexBlock:
    return blocks.RegexBlock(
        regex=r"^[a-z0-9\-]{1,30}$",
        label=label,
        help_text=help_text,
        error_messages={"invalid": _("Use small letters without marks, figures and hyphens only.")},
    )


class MeterBlock(blocks.StructBlock):
    key = _short_name(_("Short name"), _("Choices call it by this name, such as “long-tin”."))
    label = blocks.CharBlock(label=_("Name that learners read"), max_length=60)
    start = blocks.IntegerBlock(label=_("At the start"), default=0)
    lowest = blocks.IntegerBlock(label=_("Lowest value"), default=0)
    highest = blocks.IntegerBlock(label=_("Highest value"), default=10)

    class Meta:
        label = _("What the story keeps count of")
        icon = "history"


class ChangeBlock(blocks.StructBlock):
    meter = _short_name(_("Short name of what changes"))
    by = blocks.IntegerBlock(label=_("By how much (−2, 1 …)"), default=1)

    class Meta:
        label = pgettext_lazy("score", "Change")


class NeedBlock(blocks.StructBlock):
    meter = _short_name(_("Short name of what is needed"))
    at_least = blocks.IntegerBlock(label=_("At least"), default=1)

    class Meta:
        label = _("Condition")


class ChoiceOfSceneBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What the learner can do"), max_length=300)
    next = _short_name(_("Leads to the scene"), _("The short name of the scene that follows."))
    reply = _lines(_("What comes of it"), _("Shown above the next scene."), required=False)
    changes = blocks.ListBlock(ChangeBlock(), label=_("Changes"), max_num=4, default=[])
    needs = blocks.ListBlock(
        NeedBlock(),
        label=_("Open only if"),
        help_text=_("Until then the choice is seen but cannot be taken. Leave at least one choice always open."),
        max_num=4,
        default=[],
    )

    class Meta:
        label = _("Choice")
        icon = "arrow-right"


class SceneBlock(blocks.StructBlock):
    key = _short_name(_("Short name"), _("Choices lead to the scene by this name, such as “mo-dau”."))
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    picture = PictureBlock()
    text = _lines(_("What happens"))
    choices = blocks.ListBlock(
        ChoiceOfSceneBlock(),
        label=_("Choices"),
        help_text=_("A scene without any is an ending."),
        max_num=6,
        default=[],
    )
    points = blocks.IntegerBlock(
        label=_("Points, for an ending"), help_text=_("The best ending is the full score."), min_value=0,
        max_value=100, default=0,
    )  # fmt: skip

    class Meta:
        label = _("Scene")
        icon = "doc-full"


class SpotBlock(blocks.StructBlock):
    x = blocks.FloatBlock(label=_("From the left (percent)"), min_value=0, max_value=100, default=50)
    y = blocks.FloatBlock(label=_("From the top (percent)"), min_value=0, max_value=100, default=50)
    label = blocks.CharBlock(label=_("Name"), help_text=_("Stands in the list beneath the picture."), max_length=120)
    text = _lines(_("Text"), _("Shown when the spot is opened, or after checking."))
    is_target = blocks.BooleanBlock(label=_("To be found"), required=False)

    class Meta:
        label = _("Spot")
        icon = "crosshairs"
