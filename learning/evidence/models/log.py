"""The sealed log over the ledger: a Merkle tree as RFC 6962 has it. Database triggers refuse every change of it.

A leaf holds no personal value: the content of its entry stands in the ledger, and here only its digest under a salt.
Erasing a person deletes content and salt; the leaf stays, so the log goes on verifying.
"""

from enum import StrEnum

import uuid_utils.compat as uuid7
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.evidence.querysets import CheckpointQuerySet, UnsealedQuerySet


class Entry(StrEnum):
    """What this app itself seals; ``learning.evidence.registries.seals`` has the rest."""

    EVIDENCE = "evidence"
    ERASURE = "erasure"
    OPENING = "opening"  # from here on, rows of a kind are sealed when they are written


class Unsealed(models.Model):
    """Entries that wait to be sealed; written with them, emptied by the sealing."""

    entry_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8)
    recorded_at = models.DateTimeField()
    voucher = models.CharField(
        max_length=32, default="", help_text=_("Made by the key in the environment: the site itself put it here.")
    )

    objects = UnsealedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recorded_at", "entry_id"], name="unsealed_order")]

    def __str__(self) -> str:
        return str(self.entry_id)


class Leaf(models.Model):
    """One sealed entry at its place in the log."""

    index = models.PositiveBigIntegerField(primary_key=True, help_text=_("From 0."))
    entry_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8)
    recorded_at = models.DateTimeField()
    digest = models.BinaryField(max_length=32, help_text=_("SHA-256 of the salt and the content."))

    def __str__(self) -> str:
        return str(self.index)


class Salt(models.Model):
    """Makes a leaf's digest say nothing once it is gone; deleted with the content."""

    entry_id = models.UUIDField(primary_key=True)
    value = models.BinaryField(max_length=16)

    def __str__(self) -> str:
        return str(self.entry_id)


class Node(models.Model):
    """A hash over 256, 256² or 256³ leaves, so that a proof reads few rows. Follows from the leaves."""

    level = models.PositiveSmallIntegerField(help_text=_("8, 16 or 24: it stands over 2 to that power leaves."))
    position = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "position"], name="node_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class LedgerKey(models.Model):
    """A public key that signed checkpoints. The key before it vouches for it, unless that one was lost."""

    key_id = models.CharField(max_length=16, primary_key=True)
    public_key = models.CharField(max_length=44, help_text=_("32 bytes in base64."))
    vouched_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    vouching = models.CharField(max_length=88, blank=True, help_text=_("Signature of the key before, over this key."))
    since = models.DateTimeField()

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return self.key_id


class Checkpoint(models.Model):
    """The log up to a size, signed. ``text`` in learning.evidence.checkpoints is what goes out."""

    number = models.PositiveBigIntegerField(primary_key=True, help_text=_("From 1."))
    size = models.PositiveBigIntegerField(unique=True, help_text=_("How many entries it seals, from the first."))
    root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    key = models.ForeignKey(LedgerKey, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=88)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class Erasure(models.Model):
    """An entry of the log: the content of these leaves was erased at a person's request, and so rightly misses."""

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    recorded_at = models.DateTimeField()
    leaves = models.JSONField(help_text=_("Indices of the leaves."))

    def __str__(self) -> str:
        return str(self.pk)
