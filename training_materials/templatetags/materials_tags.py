"""What the templates of materials and lessons need."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from training_materials.rendering import body_html, fresh_body_html

register = template.Library()


@register.simple_tag(takes_context=True)
def page_body(context: Context, page: Any) -> SafeString:
    """The page's blocks as HTML."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    return fresh_body_html(page) if is_preview or not page.last_published_at else body_html(page)
