"""The home page and plain pages."""

from itertools import pairwise
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager

from home import landing, self_check
from training_materials.blocks.bodies import body_html, fresh_body_html, headings
from training_materials.blocks.content import ContentBlock
from training_materials.models import FoldedText


class HomePage(Page):
    headline = models.CharField(
        _("headline"), max_length=200, help_text=_("One line: what a visitor can do here. Not the name of the site.")
    )
    introduction = RichTextField(
        _("introduction"),
        features=["bold", "link"],
        help_text=_("Two or three sentences under the headline, for someone who comes for the first time."),
    )

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | landing.for_home(request.user, timezone.now())


class PlainPage(FoldedText, Page):
    """A page of text such as help or privacy. One of them can carry the self-check of the ten indicators."""

    objects: ClassVar[Any] = PageManager()

    body = StreamField(
        ContentBlock(),
        verbose_name=_("body"),
        help_text=_("Build it from blocks: headings, text, images with a description, videos with captions."),
    )
    offers_self_check = models.BooleanField(
        _("offers the self-check"),
        default=False,
        help_text=_("Adds a form with the ten indicators below the text. What visitors enter is not stored."),
    )

    composed_fields = ("title",)
    search_fields = Page.search_fields
    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]
    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("offers_self_check")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context |= self._beside(request)
        is_preview = getattr(request, "is_preview", False)
        context["body"] = fresh_body_html(self) if is_preview else body_html(self)
        if self.offers_self_check:
            context["check"] = self_check.for_visitor(request.GET, timezone.localdate())
        return context

    def _beside(self, request: HttpRequest) -> dict[str, Any]:
        """The pages it belongs together with, if it has any, and what stands on it."""
        above = self.get_parent() if self.pk else None
        head = above if above and above.live and issubclass(above.specific_class or Page, PlainPage) else self
        beneath = list(head.get_children().live().public()) if self.pk else []
        family = (
            [(page.title, page.get_url(request), page.pk == self.pk) for page in (head, *beneath)] if beneath else []
        )
        return {
            "family": family,
            "onward": next((after for before, after in pairwise(family) if before[2]), None),
            "contents": headings(self.body),
            "breadcrumbs": [*([(head.title, head.get_url(request))] if head is not self else []), (self.title, None)],
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().serve(request, *args, **kwargs)
        if self.offers_self_check and request.GET:
            # What someone entered about themselves is kept by no cache.
            response["Cache-Control"] = "private, no-store"
        return response
