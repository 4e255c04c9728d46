"""How an administrator tries a channel whose addresses this app does not know: by messages to themselves.

Calls go down, this registry goes up: an app adds what makes them, by the carrier's name, in its ``AppConfig.ready``.
"""

from collections.abc import Callable, Sequence

from membership.models import User
from work.actions import PutLetter

to_oneself: dict[str, Callable[[User], Sequence[PutLetter]]] = {}  # each raises ValidationError where there is no way
