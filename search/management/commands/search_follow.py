"""Carry out what waits in the search's outbox: for cron, or where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from search.models import PendingChange
from search.tasks import carry_out


class Command(BaseCommand):
    help = "Carry out what waits in the outbox of the search, as a worker does by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        done = carry_out.call()
        if options["verbosity"]:
            self.stdout.write(f"{done} carried out, {PendingChange.objects.count()} wait.")
