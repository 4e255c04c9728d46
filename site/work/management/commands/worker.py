"""The task worker; beside the tasks it runs what recurs, and gives the sign of life that /healthz looks for."""

import logging
import threading
from typing import Any

from django.db import OperationalError
from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.management.commands import db_worker
from django_tasks_db.utils import is_locked_database_exception

from work import actions, clock


class Command(db_worker.Command):
    help = "Run what has been put off, and what recurs: scoring, sealing, mails. Any number of workers may run."

    def configure_logging(self, verbosity: int) -> None:
        """Only what fails, unless more is asked for: each task stands in its table."""
        super().configure_logging(verbosity)
        if verbosity <= 1:
            for name in (TASKS_LOGGER, "django_tasks_db"):
                logging.getLogger(name).setLevel(logging.ERROR)

    def handle(self, *args: Any, **options: Any) -> None:
        runner = clock.name_of_runner()
        threading.Thread(target=clock.keep_time, args=(runner,), daemon=True).start()
        try:
            while self._is_stopped_by_a_lock(*args, **options):
                pass
        finally:
            actions.release(runner=runner)

    def _is_stopped_by_a_lock(self, *args: Any, **options: Any) -> bool:
        """Works until told to stop, or until SQLite was locked for longer than one waits: then it goes on anew."""
        try:
            super().handle(*args, **options)
        except OperationalError as fault:
            if not is_locked_database_exception(fault):
                raise
            return True
        return False
