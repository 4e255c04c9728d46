"""The blocks that lessons, materials and plain pages are built from.

What a block stores (for whoever writes bodies in code; rich text is HTML with p, b, i, ul, ol, li, a):

- heading: "text"; text: "<p>…</p>"
- callout: {kind: note|warning|example|law, title, text}
- image: {image, alt, caption}; file: {title, document}
- video: {title, video, captions, poster, transcript}
- self_check: {question, options: [{text, is_correct}], explanation}
- package: {title, package}
"""

from typing import Any
from zlib import crc32

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from training_materials.blocks.bodies import anchor
from training_materials.blocks.choosers import PackageChooserBlock
from training_materials.player.tokens import address_of
from training_materials.querysets.packages import newest_version

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]
VIDEO_EXTENSIONS = frozenset({"mp4", "webm"})


class HeadingBlock(blocks.CharBlock):
    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"anchor": anchor(str(value))}

    class Meta:
        label = _("Heading")
        help_text = _("Names the part that follows; it appears in the table of contents.")
        icon = "title"
        template = "training_materials/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        super().__init__(features=TEXT_FEATURES, **options)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "training_materials/blocks/text.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("warning", _("Warning")), ("example", _("Example")), ("law", _("Law"))],
        default="note",
        search_index=False,
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        label = _("Call-out")
        icon = "warning"
        template = "training_materials/blocks/callout.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Description for who cannot see it"),
        help_text=_("Say what the image shows, as if over the telephone."),
        max_length=400,
    )
    caption = blocks.CharBlock(
        label=_("Caption"), help_text=_("Stands beneath the image: what to see in it, and whose it is."), max_length=250
    )

    class Meta:
        label = _("Image")
        icon = "image"
        template = "training_materials/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    video = DocumentChooserBlock(label=_("Video file"), help_text=_("MP4 or WebM, as small as still clear."))
    captions = DocumentChooserBlock(
        label=_("Captions"), help_text=_("A WebVTT file (.vtt), for who cannot hear or has no headphones at hand.")
    )
    poster = ImageChooserBlock(label=_("Picture shown before playing"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        help_text=_("All that is said and shown, for who cannot play the video."),
        features=TEXT_FEATURES,
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        if cleaned["video"].file_extension.lower() not in VIDEO_EXTENSIONS:
            errors["video"] = ValidationError(_("Choose an MP4 or WebM file."))
        if cleaned["captions"].file_extension.lower() != "vtt":
            errors["captions"] = ValidationError(_("Choose a WebVTT file (.vtt)."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        label = _("Video")
        icon = "media"
        template = "training_materials/blocks/video.html"


class FileBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    document = DocumentChooserBlock(label=_("File"))

    class Meta:
        label = _("File")
        icon = "doc-full"
        template = "training_materials/blocks/file.html"


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_correct = blocks.BooleanBlock(label=_("This one is right"), required=False)

    class Meta:
        label = _("Answer")
        icon = "list-ul"


class SelfCheckBlock(blocks.StructBlock):
    """A question for oneself: nothing is stored, so the key may stand in the page."""

    question = blocks.CharBlock(label=_("Question"), max_length=500)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=6)
    explanation = blocks.TextBlock(
        label=_("Explanation"), help_text=_("Why that answer is right, and what is wrong with the others.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        right = sum(bool(option["is_correct"]) for option in cleaned["options"])
        if right != 1 and not self.is_deferred_validation:
            message = ValidationError(_("Mark exactly one answer as right."))
            raise StructBlockValidationError(non_block_errors=[message])
        return cleaned

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["name"] = f"check-{crc32(value['question'].encode()):x}"
        context["right"] = next((option["text"] for option in value["options"] if option["is_correct"]), "")
        return context

    class Meta:
        label = _("Self-check")
        icon = "help"
        default = {"options": [{"text": "", "is_correct": False}] * 2}
        template = "training_materials/blocks/self_check.html"


class PackageBlock(blocks.StructBlock):
    """An interactive content for practice: what is done in it is stored nowhere and completes nothing."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, help_text=_("What one practises here."))
    package = PackageChooserBlock(label=_("Interactive content"))

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        version_id = newest_version(value["package"].pk) if value["package"] else None
        return context | {"address": address_of(version_id) if version_id else ""}

    class Meta:
        label = _("Interactive exercise")
        icon = "media"
        template = "training_materials/blocks/package.html"


class ContentBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock()
    callout = CalloutBlock()
    image = ImageBlock()
    video = VideoBlock()
    file = FileBlock()
    self_check = SelfCheckBlock()
    package = PackageBlock()

    class Meta:
        template = "training_materials/blocks/stream.html"
