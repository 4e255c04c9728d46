"""Serves the site and runs one task worker beside it; both stop together."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from config import REPOSITORY
from home.processes import Together


class Command(BaseCommand):
    help = "Serve the site on this machine, with one task worker; ctrl-c stops both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--with-demo", action="store_true", help="first migrate and load the demo")

    def handle(self, *args: Any, port: int, workers: int, with_demo: bool, **options: Any) -> None:
        if with_demo:
            call_command("migrate", verbosity=0)
            call_command("demo")
        self.stdout.write(f"Serving http://127.0.0.1:{port}/ (ctrl-c stops)")
        Together(_commands(port, workers), settings.SITE).run()


def _commands(port: int, workers: int) -> list[list[str]]:
    """Granian waits forever for a worker that is told to stop while it starts, unless it may kill it."""
    manage = [sys.executable, str(REPOSITORY / "site" / "manage.py")]
    return [
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
         "--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--respawn-failed-workers",
         "--workers-kill-timeout", "5", "--log-level", "warning",
         "config.wsgi:application"],
        [*manage, "worker"],
    ]  # fmt: skip
