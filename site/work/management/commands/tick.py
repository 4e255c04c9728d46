"""What the worker does each minute, for cron and by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from work import actions, clock
from work.recurring import declared


class Command(BaseCommand):
    help = "Run what is due (docs/how-to/what-recurs.md). Quiet when all is well; each minute by cron, or by hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only", nargs="+", default=[], choices=sorted(declared), metavar="NAME", help="at once, due or not"
        )
        parser.add_argument("--list", action="store_true", help="say what recurs and how often, run nothing")

    def run_from_argv(self, argv: list[str]) -> None:
        clock.step_back()
        super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for one in sorted(declared.values(), key=lambda one: one.name):
                self.stdout.write(f"{one.name:28} {one.rhythm!s:30} {one.title}")
            return
        runner, at = clock.name_of_runner(), timezone.now()
        due = (
            ((declared[name], actions.claim_now(recurring=declared[name], runner=runner, at=at)))
            for name in options["only"]
        )
        with clock.showing_life(runner):
            ended = [clock.carry_out(*one) for one in (due if options["only"] else clock.claimed(runner, at))]
        for slot in ended:
            if options["only"] or options["verbosity"] > 1:
                self.stdout.write(f"{slot.name}: {slot.outcome}")
        if failed := [slot.name for slot in ended if not slot.is_done]:
            raise CommandError(f"Failed: {', '.join(failed)}")
