"""Interactive packages: libraries (programs), and contents that they play.

A library never changes: its name, version and the SHA-256 of its files are one thing. A content's version never
changes either; replacing a content adds one. Files lie in the private storage and leave only through ``player``.
"""

from uuid import UUID

import uuid_utils.compat as uuid7
from django.db import models
from django.utils.translation import gettext_lazy as _

from training_materials.packages.manifests import Wanted, likeness
from training_materials.packages.scoring import Finish, finish_of
from training_materials.querysets.packages import (
    LibraryQuerySet,
    PackageQuerySet,
    PackageUploadQuerySet,
    PackageVersionQuerySet,
)
from work.kept import Held

_finishes: Held[UUID, Finish] = Held(4000)


class Library(models.Model):
    """``files`` by their path inside the library, each {"size", "sha256"}; ``needs`` as ["H5P.Question 1.5", …]."""

    machine_name = models.CharField(_("machine name"), max_length=100)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=255)
    is_runnable = models.BooleanField(_("plays by itself"))
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=dict)
    scripts = models.JSONField(default=list)
    styles = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    semantics = models.JSONField(null=True)
    installed_at = models.DateTimeField(_("installed"))
    installed_by = models.ForeignKey(
        "membership.User", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("installed by")
    )

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries of packages")
        ordering = ["machine_name", "major", "minor", "patch"]
        constraints = [
            models.UniqueConstraint(fields=["machine_name", "major", "minor", "patch"], name="library_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}.{self.patch}"

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.machine_name, self.major, self.minor)

    @property
    def parsed_needs(self) -> tuple[Wanted, ...]:
        return tuple(_parsed(need) for need in self.needs)

    @property
    def name(self) -> str:
        """As contents name it: "H5P.MultiChoice 1.16"."""
        return str(self.wanted)

    @property
    def folder(self) -> str:
        """Where H5P looks for its files: "H5P.MultiChoice-1.16"."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    @property
    def stored_under(self) -> str:
        return f"packages/libraries/{self.sha256}"

    @property
    def likeness(self) -> str:
        """What a copy in another package must share to be the same library."""
        digests = {path: kept["sha256"] for path, kept in self.files.items()}
        return likeness(digests, scripts=self.scripts, styles=self.styles, needs=self.needs, semantics=self.semantics)


class Package(models.Model):
    """A content that can stand in lessons and as a step of its own. While it is withdrawn nobody begins it."""

    title = models.CharField(_("title"), max_length=255)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey("membership.User", on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when the activity that it was made from is not published.")
    )

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("interactive content")
        verbose_name_plural = _("interactive contents")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class PackageVersion(models.Model):
    """``params`` are cleaned by the semantics of the libraries; ``media`` by path, each {"size", "sha256"}.

    ``libraries`` are all that it loads, in the very patches that it was let in with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=16, default="und")
    main = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    libraries = models.ManyToManyField(Library, related_name="versions")
    params = models.JSONField()
    media = models.JSONField(default=dict)
    bundle = models.CharField(max_length=64, help_text=_("Names the joined scripts and styles of its libraries."))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("membership.User", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = PackageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an interactive content")
        verbose_name_plural = _("versions of interactive contents")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="package_version_once")]

    def __str__(self) -> str:
        return f"{self.title} #{self.number}"

    @property
    def stored_under(self) -> str:
        return f"packages/contents/{self.pk}"

    @property
    def finish(self) -> Finish:
        """What can finish an activity with it. Found once by each process: parameters may be long, and never change."""
        if (finish := _finishes.get(self.pk)) is None:
            finish = finish_of(self.main.name, self.params)
            _finishes.hold({self.pk: finish})
        return finish


class PackageUpload(models.Model):
    """A file on its way through the gate. ``report`` says what was found; the file goes when all is settled."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        REFUSED = "refused", _("refused")
        INCOMPLETE = "incomplete", _("libraries are missing")
        UNKNOWN = "unknown", _("waits for an administrator")
        ORDERED = "ordered", _("being installed")
        ACCEPTED = "accepted", _("accepted")

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    name = models.CharField(_("file"), max_length=200)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField()
    package = models.ForeignKey(
        Package, on_delete=models.SET_NULL, null=True, related_name="uploads", help_text=_("What it became or renews.")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("uploaded"))
    created_by = models.ForeignKey("membership.User", on_delete=models.CASCADE, related_name="+")
    ordered_by = models.ForeignKey("membership.User", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = PackageUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload of a package")
        verbose_name_plural = _("uploads of packages")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def progress_name(self) -> str:
        """What ``work.progress`` knows it by."""
        return f"package-upload:{self.pk}"


def _parsed(need: str) -> Wanted:
    name, _space, version = need.rpartition(" ")
    major, _dot, minor = version.partition(".")
    return Wanted(name, int(major), int(minor))
