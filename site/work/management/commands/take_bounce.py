"""A letter that came back, as the mail server pipes it in. The exit code says what became of it."""

import os
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.utils import timezone

from work.actions import note_bounce
from work.bounces import bounce_of

_MOST_BYTES = 256 * 1024  # the report comes before the letter that it brings along, and ours are short


class Command(BaseCommand):
    help = "Take a returned letter from standard input: docs/how-to/channels.md has the exit codes."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        content = sys.stdin.buffer.read(_MOST_BYTES)
        while sys.stdin.buffer.read(_MOST_BYTES):
            pass  # whoever pipes it in is let finish
        try:
            bounce = bounce_of(content)
        except Exception as fault:  # whatever somebody sent, Python's parser may fall over it
            _refuse(os.EX_DATAERR, f"not taken: {type(fault).__name__} {fault}")
        try:
            if bounce is not None:
                note_bounce(bounce=bounce, at=timezone.now())
        except (DatabaseError, OSError) as fault:
            _refuse(os.EX_TEMPFAIL, f"bring it again later: {type(fault).__name__}")


def _refuse(code: int, told: str) -> NoReturn:
    raise CommandError(told[:200], returncode=code)
