from collections.abc import Mapping
from typing import Any

from django import template

from search.contract import QUESTION, Hit
from search.queries.facets import kind_name
from training_materials.lists.covers import ShownCover
from training_materials.templatetags.materials_tags import cover

register = template.Library()
register.filter("kind_name", kind_name)

_OF_A_QUESTION = ShownCover(None, "check", ())
_OF_OTHER_PAGES = ShownCover(None, "notebook", ())


@register.inclusion_tag("training_materials/includes/cover.html")
def cover_of_hit(hit: Hit, covers: Mapping[str, ShownCover]) -> dict[str, Any]:
    """What was found has the cover that it has everywhere; what has none, the drawing of its kind."""
    other = _OF_A_QUESTION if hit.kind == QUESTION else _OF_OTHER_PAGES
    shown = covers.get(hit.key, other)
    return cover(shown, shown.names)
