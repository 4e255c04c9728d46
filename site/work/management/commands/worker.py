"""The task worker; beside the tasks it runs what recurs, and gives the sign of life that /healthz looks for."""

import logging
import threading
import time
from contextlib import suppress
from typing import Any

from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.management.commands import db_worker
from django_tasks_db.utils import is_locked_database_exception

from work import actions, clock

_PAUSE_SECONDS = 1
_logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "Run what has been put off, and what recurs: scoring, sealing, mails. Any number of workers may run."

    def configure_logging(self, verbosity: int) -> None:
        """Only what fails, unless more is asked for: each task stands in its table."""
        super().configure_logging(verbosity)
        if verbosity <= 1:
            for name in (TASKS_LOGGER, "django_tasks_db"):
                logging.getLogger(name).setLevel(logging.ERROR)

    def run_from_argv(self, argv: list[str]) -> None:
        clock.step_back()
        super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        runner = clock.name_of_runner()
        threading.Thread(target=clock.keep_time, args=(runner,), daemon=True).start()
        try:
            while self._is_held_up(*args, **options | {"worker_id": runner}):
                connection.close()
                time.sleep(_PAUSE_SECONDS)
        finally:
            with suppress(*clock.AWAY):  # then the others take it over, as from one who died
                actions.release(runner=runner)

    def _is_held_up(self, *args: Any, **options: Any) -> bool:
        """Works until told to stop, or until the database is away or locked for long: then it goes on anew.

        The task in which that happened waits anew, too.
        """
        try:
            actions.take_up_again(is_left_by=options["worker_id"].__eq__, at=timezone.now())
            super().handle(*args, **options)
        except clock.AWAY as fault:
            is_locked = isinstance(fault, OperationalError) and is_locked_database_exception(fault)
            if connection.vendor == "sqlite" and not is_locked:
                raise
            _logger.warning("the database is away (%s); the worker tries again", type(fault).__name__)
            return True
        return False
