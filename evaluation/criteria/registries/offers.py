"""What is there to be learned now: told by whoever knows the pages, since judging imports no teaching.

Calls go down, this registry goes up: an app adds a source in its ``AppConfig.ready``, which answers from what it keeps.
"""

from collections.abc import Callable, Sequence

from evaluation.criteria.teaching import Taught

sources: list[Callable[[], Sequence[Taught]]] = []


def offered(group: str) -> list[Taught]:
    """What people of the group may open."""
    return [one for source in sources for one in source() if one.is_for(group)]
