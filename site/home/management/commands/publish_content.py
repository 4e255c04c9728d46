"""Gives a new installation its pages: home, help, library and courses with the content that comes along."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from home.demo.content import publish_everything
from home.models import HomePage
from membership.models import User


class Command(BaseCommand):
    help = (
        "Publish the home page, help, materials and courses that come along, without any people, and set up the"
        " groups and the workflow of trainers. Where a home page stands, nothing is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="username of the administrator who publishes")

    @transaction.atomic
    def handle(self, *args: Any, by: str, **options: Any) -> None:
        if HomePage.objects.exists():
            self.stdout.write("The site has a home page already: nothing was changed.")
            return
        administrator = User.objects.filter(username=by, is_superuser=True).first()
        if administrator is None:
            raise CommandError(f"There is no administrator “{by}”: make one with createsuperuser.")
        publish_everything(by=administrator, at=timezone.now())
        self.stdout.write("Published. Trainers work in /quan-tri/.")
