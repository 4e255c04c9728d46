"""What else moves when two records of one person become one, and what each holds: each app above adds its part.

An app appends to ``merge_parts`` in its ``AppConfig.ready`` a function called inside the merge's transaction as
``part(duplicate=..., into=..., by=..., at=...)``. To ``holdings`` it appends, under the name that officers read, what
counts the rows of one record.
"""

from collections.abc import Callable

from django.utils.functional import Promise

from membership.models import Person

merge_parts: list[Callable[..., None]] = []
holdings: dict[str | Promise, Callable[[Person], int]] = {}
