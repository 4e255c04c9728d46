"""The task worker, with a sign of life that /healthz looks for."""

import logging
import threading
import time
from typing import Any

from django.db import OperationalError
from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.management.commands import db_worker
from django_tasks_db.utils import is_locked_database_exception

from home.health import SIGN_OF_LIFE_SECONDS, show_life
from search.indexing.following import follow_soon


class Command(db_worker.Command):
    help = "Run what has been put off: scoring, sealing, mails. Any number of workers may run."

    def configure_logging(self, verbosity: int) -> None:
        """Only what fails, unless more is asked for: each task stands in its table."""
        super().configure_logging(verbosity)
        if verbosity <= 1:
            for name in (TASKS_LOGGER, "django_tasks_db"):
                logging.getLogger(name).setLevel(logging.ERROR)

    def handle(self, *args: Any, **options: Any) -> None:
        threading.Thread(target=_live, daemon=True).start()
        follow_soon()  # what the search could not carry out before this worker was there
        while self._is_stopped_by_a_lock(*args, **options):
            pass

    def _is_stopped_by_a_lock(self, *args: Any, **options: Any) -> bool:
        """Works until told to stop, or until SQLite was locked for longer than one waits: then it goes on anew."""
        try:
            super().handle(*args, **options)
        except OperationalError as fault:
            if not is_locked_database_exception(fault):
                raise
            return True
        return False


def _live() -> None:
    while True:
        show_life()
        time.sleep(SIGN_OF_LIFE_SECONDS / 4)
