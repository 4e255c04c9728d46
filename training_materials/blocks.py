"""The blocks that lessons and materials are built from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ContentBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "ol", "ul", "link"])
