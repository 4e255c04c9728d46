"""Runs the deployment checks on the production settings, with stand-in values for what they demand."""

import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import REPOSITORY

_STAND_IN = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "a stand-in of enough length and variety for the checks: 0123456789 !@#$%^&*()",
    "PERSON_HASH_KEY": "a stand-in",
    "LEDGER_SIGNING_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "ALLOWED_HOSTS": "example.vn",
    "BASE_URL": "https://example.vn",
    "DATABASE_URL": "sqlite:///:memory:",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "CLIENT_ADDRESS_HEADER": "HTTP_X_REAL_IP",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DEFAULT_FROM_EMAIL": "hoc-tap@example.vn",
}


class Command(BaseCommand):
    help = "Check the production settings as `check --deploy` does; quiet when all is well."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        manage = str(REPOSITORY / "site" / "manage.py")
        finished = subprocess.run(  # noqa: S603
            [sys.executable, manage, "check", "--deploy", "--fail-level", "WARNING"],
            env={**os.environ, **_STAND_IN},
            capture_output=True,
            text=True,
        )
        if finished.returncode:
            raise CommandError(finished.stdout + finished.stderr)
