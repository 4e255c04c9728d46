"""Activities that trainers write here. Publishing one makes the next version of its package."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from training_materials.activities import blocks, composing
from training_materials.models.packages import Package


class OwnActivity(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """``package`` is what learners play: made at the first publishing, with a new version whenever what is published
    differs. ``packed_sha256`` stands for what was last packed.
    """

    title = models.CharField(_("title"), max_length=150, help_text=_("As learners read it above the activity."))
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences: what it is about and what to do.")
    )
    package = models.OneToOneField(
        Package, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    packed_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    _revisions = GenericRelation("wagtailcore.Revision", for_concrete_model=False)

    # What of a model beside these is written, in the order of the form.
    written_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A revision says what was written; what was made of it is the row's."""
        restored: Self = super().with_content_json(content)
        restored.package, restored.packed_sha256 = self.package, self.packed_sha256
        return restored

    @cached_property
    def written(self) -> composing.Written:
        """The activity as content, with the pictures that it uses."""
        return composing.written(self)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "training_materials/activities/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | composing.preview(self.written, self.title)


def _pass_percentage() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        _("passed from (percent)"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_("Learners read whether they have passed; they may try again as often as they like."),
    )


class KnowledgeCheck(OwnActivity):
    questions = StreamField([("question", blocks.ActivityQuestionBlock())], verbose_name=_("questions"), max_num=60)
    pass_percentage = _pass_percentage()
    written_fields = ("questions", "pass_percentage")

    class Meta(OwnActivity.Meta):
        abstract = False
        verbose_name = _("knowledge check")
        verbose_name_plural = _("knowledge checks")


class FlashCards(OwnActivity):
    cards = StreamField([("card", blocks.CardBlock())], verbose_name=_("cards"), max_num=100)
    written_fields = ("cards",)

    class Meta(OwnActivity.Meta):
        abstract = False
        verbose_name = _("set of flash cards")
        verbose_name_plural = _("flash cards")


class BranchingScenario(OwnActivity):
    meters = StreamField(
        [("meter", blocks.MeterBlock())],
        verbose_name=_("what the story keeps count of"),
        blank=True,
        max_num=4,
        help_text=_("Such as trust or time: choices raise and lower it, and may be open only from some value."),
    )
    scenes = StreamField(
        [("scene", blocks.SceneBlock())],
        verbose_name=_("scenes"),
        max_num=80,
        help_text=_("The story starts with the first one."),
    )
    pass_percentage = _pass_percentage()
    written_fields = ("meters", "scenes", "pass_percentage")

    class Meta(OwnActivity.Meta):
        abstract = False
        verbose_name = _("branching scenario")
        verbose_name_plural = _("branching scenarios")


class HotspotPicture(OwnActivity):
    class Mode(models.TextChoices):
        EXPLORE = "explore", _("Open each spot and read")
        FIND = "find", _("Find the right spots")

    picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("PNG or JPEG, wider than high is best. Small writing cannot be read on a telephone."),
    )
    alt = models.CharField(
        _("description for who cannot see it"),
        max_length=400,
        help_text=_("Say what the image shows, as if over the telephone."),
    )
    mode = models.CharField(_("what learners do"), max_length=8, choices=Mode.choices, default=Mode.EXPLORE)
    question = models.TextField(_("question"), blank=True, help_text=_("When finding: what are they to find?"))
    spots = StreamField([("spot", blocks.SpotBlock())], verbose_name=_("spots"), max_num=12)
    pass_percentage = _pass_percentage()
    written_fields = ("picture", "alt", "mode", "question", "spots", "pass_percentage")

    class Meta(OwnActivity.Meta):
        abstract = False
        verbose_name = _("hotspot picture")
        verbose_name_plural = _("hotspot pictures")
