"""What ``migrate`` asks before it begins."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def no_step_is_missing(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Of the steps that a migration stands for, a database has taken all or none. One that was left in between would be
    refused by Django too, in words that name neither the cause nor the way on (decision 0128)."""
    return [message for alias in databases or () for message in _between(alias)]


def _between(alias: str) -> Iterator[Error]:
    taken = MigrationRecorder(connections[alias]).applied_migrations()
    for (app, name), migration in MigrationLoader(None).replacements.items():
        missing = [step for label, step in migration.replaces if (label, step) not in taken]
        if missing and len(missing) < len(migration.replaces):
            yield Error(
                f"The database is older than {app}.{name}: it has not taken {', '.join(missing)}.",
                hint="Nothing was changed. Migrate it with the version of 1 December 2026 first, then with this one.",
                id="home.E001",
            )
