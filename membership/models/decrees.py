"""That a decree was carried out or taken back, and that a unit was added, changed, closed or removed."""

from django.conf import settings
from django.db import models


class DecreeAct(models.Model):
    """Written once, never changed: it outlives the units that a decree made, and the import that brought it in. The
    apps above seal it.

    ``decree``: the key of its import. ``day``: from which it holds. ``lines_digest``: SHA-256 of what the file says.
    ``units``: ``[old code, new code, extent]`` for each that lives on in another, ``[old code]`` for each that ended.
    ``called``: ``[code, [name, kind] before, [name, kind] after]``.
    """

    class Kind(models.TextChoices):
        CARRIED_OUT = "out"
        TAKEN_BACK = "back"

    decree = models.UUIDField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    file = models.CharField(max_length=200)
    day = models.DateField()
    units = models.JSONField()
    called = models.JSONField()
    lines_digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.decree}"


class UnitAct(models.Model):
    """Written once, never changed: it outlives its unit. The apps above seal it.

    What the unit (``unit``: its key) was once this was done, or when it was removed: ``parent`` is the key of what it
    stands beneath, ``since`` and ``until`` are its first day and the day from which it is no more. ``day``: from which
    the change of name or kind holds.
    """

    class Kind(models.TextChoices):
        ADDED = "add"
        CHANGED = "change"
        MOVED = "move"
        CLOSED = "close"
        REOPENED = "reopen"
        REMOVED = "remove"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    unit = models.BigIntegerField(db_index=True)
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=200)
    unit_kind = models.CharField(max_length=12)
    parent = models.BigIntegerField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    day = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
