from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from membership.actions import forget_stale_sign_ups, sync_groups
from membership.groups import ROLE_GROUPS
from membership.models import User


class Command(BaseCommand):
    help = "Once a day: takes the admin's groups from those whose role has ended, and forgets unproven sign-ups."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        holders = User.objects.filter(groups__name__in=ROLE_GROUPS).distinct()
        changed = sum(sync_groups(user=user, at=at) for user in holders)
        forgotten = forget_stale_sign_ups(at=at)
        self.stdout.write(f"{changed} accounts changed groups, {forgotten} unproven sign-ups forgotten.")
