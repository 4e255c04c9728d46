"""What carries letters of the outbox out: one module for each channel, behind this."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol


class RefusedError(Exception):
    """This letter alone: it is tried again, ever more rarely. ``is_of_us``: it is the site that is refused."""

    def __init__(self, problem: str, *, is_of_us: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.is_of_us = problem, is_of_us


class NobodyThereError(RefusedError):
    """There is nobody of that address, and never will be."""


class AwayError(Exception):
    """The channel itself; nothing more is tried by it for so many seconds, or for the usual while."""

    def __init__(self, problem: str, seconds: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.seconds = problem, seconds


Give = Callable[[str, bytes], None]  # to that address what was sealed; raises as above


class Carrier(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def is_on(self) -> bool:
        """Whether somebody has set it up."""

    @property
    def a_minute(self) -> int:
        """How many letters it takes a minute; 0: as many as there are."""

    def connected(self) -> AbstractContextManager[Give]:
        """For a batch; raises AwayError."""
