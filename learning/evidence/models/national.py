"""The code of the national lifelong-learning record (NĐ 88/2026): kept only where the person gives it."""

from django.db import models

from learning.evidence.querysets import NationalRecordQuerySet


class NationalRecord(models.Model):
    person = models.OneToOneField("membership.Person", on_delete=models.PROTECT, related_name="national_record")
    code = models.CharField(max_length=40)
    given_at = models.DateTimeField()

    objects = NationalRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id}"
