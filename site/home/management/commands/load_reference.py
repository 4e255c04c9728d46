"""Loads what every installation needs: units, consent text, sample criteria, review chains, targets, the template of
work plans, search terms."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from evaluation.criteria.actions import load_sample
from evaluation.dossiers.actions import load_chains
from evaluation.reporting.actions import load_targets
from membership.actions import load_consent_texts
from movement.actions import load_template
from search.actions import load_terms


class Command(BaseCommand):
    help = "Load units, consent text, criteria, chains, targets, template of plans, search terms; what stands is left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("province", help="whose site this is: its code or its name")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        call_command("load_units", options["province"], stdout=self.stdout)
        load_consent_texts(by=None, at=at)
        load_sample(by=None, at=at)
        load_chains(by=None, at=at)
        load_targets(by=None, at=at)
        load_template(by=None, at=at)
        load_terms(by=None, at=at)
