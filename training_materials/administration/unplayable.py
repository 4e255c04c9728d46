"""What a page shows that nobody can play: contents that are gone, or whose activity is not published."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import ForeignKey
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from training_materials.models import Package


def warnings(page: Page) -> list[str]:
    """For who edits the page, one sentence for each content that its readers miss."""
    shown = list(_shown(page))
    newest = set(Package.objects.playable().filter(pk__in=[one.pk for _title, one in shown if one]))
    return [_warning(title, package) for title, package in shown if package not in newest]


def _shown(page: Page) -> Iterator[tuple[str, Package | None]]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for block in getattr(page, field.name):
                if block.block_type == "package":
                    yield block.value["title"], block.value["package"]
        elif isinstance(field, ForeignKey) and field.related_model is Package:
            yield page.title, getattr(page, field.name)


def _warning(title: str, package: Package | None) -> str:
    if package is None:
        text = _("“%(title)s”: no content is chosen, or it was deleted. Readers see that it is not available.")
        return text % {"title": title}
    text = _(
        "“%(title)s”: “%(content)s” is not published, so readers see that it is not available. "
        "Publish it again, or choose another content."
    )
    return text % {"title": title, "content": package.title}
