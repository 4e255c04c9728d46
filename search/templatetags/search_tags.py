from collections.abc import Mapping

from django import template

from search.contract import QUESTION, Hit
from search.queries.facets import kind_name
from training_materials.lists.covers import ShownCover

register = template.Library()
register.filter("kind_name", kind_name)

_OF_A_QUESTION = ShownCover(None, "check", ())
_OF_OTHER_PAGES = ShownCover(None, "notebook", ())


@register.filter
def of_hit(covers: Mapping[str, ShownCover], hit: Hit) -> ShownCover:
    """What was found has the cover that it has everywhere; what has none, the drawing of its kind."""
    return covers.get(hit.key, _OF_A_QUESTION if hit.kind == QUESTION else _OF_OTHER_PAGES)
