"""The home page and plain pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from training_materials.blocks import ContentBlock


class HomePage(Page):
    headline = models.CharField(_("headline"), max_length=200)
    introduction = models.TextField(_("introduction"))
    max_count = 1


class PlainPage(Page):
    body = StreamField(ContentBlock(), verbose_name=_("body"))
    folded_text = models.TextField(editable=False, blank=True)
