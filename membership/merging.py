"""What else moves when two records of one person become one: each app above adds its part.

An app appends to ``merge_parts`` in its ``AppConfig.ready`` a function called inside the merge's transaction as
``part(duplicate=..., into=..., by=..., at=...)``.
"""

from collections.abc import Callable

merge_parts: list[Callable[..., None]] = []
