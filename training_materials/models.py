"""What trainers publish. A Wagtail revision is the version that progress and evidence refer to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet

from training_materials.blocks import ContentBlock


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    RESIDENTS = "residents", _("Residents of the commune")
    WORKERS = "workers", _("Workers")
    OFFICIALS = "officials", _("Officials, employees, business people")
    STUDENTS = "students", _("Pupils and students")


@register_snippet
class Topic(models.Model):
    """The vocabulary by which teaching tags and judging maps."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LibraryPage(Page):
    """The library of materials: /tai-lieu/."""

    introduction = models.TextField(_("introduction"), blank=True)
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training_materials.MaterialPage"]


class MaterialPage(Page):
    class Type(models.TextChoices):
        LEGAL_DOCUMENT = "legal_document", _("Legal document")
        GUIDE = "guide", _("Guide")
        HANDBOOK = "handbook", _("Handbook")
        LESSON_MATERIAL = "lesson_material", _("Lesson material")
        NEWS = "news", _("News")
        FORM = "form", _("Form")
        VIDEO = "video", _("Video")

    class Licence(models.TextChoices):
        PUBLIC_DOCUMENT = "public_document", _("Public document")
        CC_BY = "cc_by", _("Creative Commons Attribution 4.0")

    type = models.CharField(_("type"), max_length=20, choices=Type.choices)
    summary = models.TextField(_("summary"))
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices, default=Audience.EVERYONE)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY)
    issuing_body = models.CharField(_("issuing body"), max_length=200, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    body = StreamField(ContentBlock(), verbose_name=_("body"))
    folded_text = models.TextField(editable=False, blank=True)

    parent_page_types = ["training_materials.LibraryPage"]
    subpage_types: list[str] = []


class MaterialFile(Orderable):
    material = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(_("title"), max_length=200)
    document = models.ForeignKey("wagtaildocs.Document", on_delete=models.PROTECT, related_name="+")


class CourseIndexPage(Page):
    """All courses: /khoa-hoc/."""

    introduction = models.TextField(_("introduction"), blank=True)
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training_materials.CoursePage"]


class CoursePage(Page):
    summary = models.TextField(_("summary"))
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("One on each line."))
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    audience = models.CharField(_("audience"), max_length=12, choices=Audience.choices, default=Audience.EVERYONE)
    prerequisites = ParentalManyToManyField(
        "self", verbose_name=_("prerequisites"), blank=True, symmetrical=False, related_name="+"
    )
    folded_text = models.TextField(editable=False, blank=True)

    parent_page_types = ["training_materials.CourseIndexPage"]


class StepPage(Page):
    """One step of a course. Each kind of step subclasses this and names CoursePage as its parent."""

    summary = models.TextField(_("summary"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        abstract = True


class LessonPage(StepPage):
    is_open = models.BooleanField(_("readable without an account"), default=False)
    body = StreamField(ContentBlock(), verbose_name=_("body"))
    folded_text = models.TextField(editable=False, blank=True)

    parent_page_types = ["training_materials.CoursePage"]
    subpage_types: list[str] = []
