"""The library of materials and what stands in it."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from training_materials.blocks.content import ContentBlock
from training_materials.lists import materials
from training_materials.models.covers import Covered
from training_materials.models.folded import FoldedText
from training_materials.models.topics import Audience, Topic
from training_materials.querysets.pages import MaterialManager


class LibraryPage(Page):
    """The library of materials: /tai-lieu/."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title of the library.")
    )
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training_materials.MaterialPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found = MaterialPage.objects.child_of(self)
        context["breadcrumbs"] = [(self.title, None)]
        address = self.get_url(request) or ""
        return context | materials.listing(found, request.GET, address)


class MaterialPage(Covered, FoldedText, Page):  # type: ignore[django-manager-missing]
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
        RIGHTS_RESERVED = "rights_reserved", _("All rights reserved; shown here by leave of the author")

    type = models.CharField(
        _("type"), max_length=20, choices=Type.choices, help_text=_("The library can be narrowed down by it.")
    )
    summary = models.TextField(
        _("summary"), max_length=500, help_text=_("Two sentences: what it is, and what one can do after reading it.")
    )
    topics = ParentalManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="+", help_text=_("Tick each that fits; two or three.")
    )
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=Audience.choices,
        default=Audience.EVERYONE,
        help_text=_("Whom it is written for. Everyone may read it all the same."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=5, help_text=_("How long reading or watching it takes, roughly.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        default=Licence.CC_BY,
        help_text=_("What readers may do with it: copy, print, hand on."),
    )
    issuing_body = models.CharField(
        _("issuing body"), max_length=200, blank=True, help_text=_("For documents: who issued it, in full.")
    )
    document_number = models.CharField(
        _("document number"), max_length=60, blank=True, help_text=_("As printed on it, such as 4742/KH-UBND.")
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True, help_text=_("The date on the document."))
    effective_on = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Leave empty if it does not say.")
    )
    body = StreamField(
        ContentBlock(),
        verbose_name=_("body"),
        help_text=_("Build it from blocks: headings, text, images with a description, videos with captions."),
    )

    objects = MaterialManager()  # type: ignore[django-manager-missing]
    search_kind = "tai-lieu"
    composed_fields = ("title", "summary", "issuing_body", "document_number")
    parent_page_types = ["training_materials.LibraryPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        Covered.cover_panel,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("type"), FieldPanel("minutes")]),
                FieldPanel("audience"),
                FieldPanel("licence"),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("What it is and whom it is for"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("issuing_body"),
                FieldPanel("document_number"),
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
            ],
            heading=_("Legal reference, for official documents"),
        ),
        FieldPanel("body"),
        InlinePanel("files", heading=_("Attached files"), label=_("File")),
    ]

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def searched_names(self) -> list[str]:
        return [self.document_number]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | materials.material(self, request)


class MaterialFile(Orderable):
    material = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(_("title"), max_length=200, help_text=_("What readers see, not the file's name."))
    document = models.ForeignKey(
        "wagtaildocs.Document",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("Choose one that was uploaded, or upload a new one."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")

    def __str__(self) -> str:
        return self.title
