from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from membership.actions import load_consent_texts


class Command(BaseCommand):
    help = "Publishes the consent texts that come with the site; those already published stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        published = load_consent_texts(by=None, at=timezone.now())
        self.stdout.write(f"{len(published)} new consent texts.")
