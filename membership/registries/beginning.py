"""What is to be set up before a site goes live, each step with its state told from what stands.

Calls go down, this registry goes up: an app adds its steps in its ``AppConfig.ready``, and nothing is stored of them.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from interface.tables.columns import Text


@dataclass(frozen=True)
class State:
    """``told``: what stands already and what is missing, in words."""

    is_done: bool
    told: str


@dataclass(frozen=True)
class Step:
    """``address``: of the view where it is done. ``order``: tens, with room."""

    order: int
    title: Text
    text: Text
    ask: Callable[[datetime.date], State]
    address: str


steps: list[Step] = []
