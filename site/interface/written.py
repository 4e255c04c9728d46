"""In which language stands what trainers and officers wrote, for who reads the site in another."""

import re

from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from interface.vietnamese import is_vietnamese

CONTENT_LANGUAGE: str = settings.WAGTAIL_CONTENT_LANGUAGES[0][0]
_BETWEEN = " · "
_QUOTED = re.compile("(?<=“)[^“”]+(?=”)")
_WHOLE = re.compile("(?s)^.+$")


def speaks_as_content() -> bool:
    return get_language() in (None, CONTENT_LANGUAGE)


def as_written(text: object) -> SafeString:
    """As HTML. What is Vietnamese says so where the page around it is not: of a sentence of the site what stands in
    quotation marks, of parts with a dot between them those that are.
    """
    shown = conditional_escape(str(text))
    if speaks_as_content():
        return shown
    return mark_safe(_BETWEEN.join(map(_marked, shown.split(_BETWEEN))))  # noqa: S308 (escaped)


def _marked(part: str) -> str:
    if not is_vietnamese(part):
        return part
    spoken = _WHOLE if is_vietnamese(_QUOTED.sub("", part)) else _QUOTED
    return spoken.sub(rf'<span lang="{CONTENT_LANGUAGE}">\g<0></span>', part)
