"""Loads what every installation needs: units, consent text, sample criteria, review chains, targets, search terms."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from evaluation.criteria.actions import load_sample
from evaluation.dossiers.actions import load_chains
from evaluation.reporting.actions import load_targets
from membership.actions import load_consent_texts, load_units
from search.actions import load_terms


class Command(BaseCommand):
    help = "Load units, consent text, sample criteria, chains, targets, search terms; what stands is left as it is."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        load_units(by=None, at=at)
        load_consent_texts(by=None, at=at)
        load_sample(by=None, at=at)
        load_chains(by=None, at=at)
        load_targets(by=None, at=at)
        load_terms(by=None, at=at)
