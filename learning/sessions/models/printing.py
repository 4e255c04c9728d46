"""All invitations to a session in one file, where they are many."""

from django.db import models
from django.db.models import Q

from learning.evidence.models import private_storage
from learning.sessions.models.session import Session
from papers import models as printing


class PrintRun(printing.PrintRun):
    about = "session"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="print_runs")
    file = models.FileField(upload_to="invitations", storage=private_storage, blank=True)

    objects = printing.PrintRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(state__in=printing.AT_WORK), name="invitations_one_at_work"
            )
        ]
