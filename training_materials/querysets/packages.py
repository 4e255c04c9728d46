"""How packages and their libraries are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Subquery
from wagtail.models import Page, ReferenceIndex

from membership.policy import Action, AnyUser, may

# What only playing and judging need; semantics are large.
_HEAVY = ("files", "semantics")

Row = TypeVar("Row", bound=models.Model, covariant=True)


class LibraryQuerySet(models.QuerySet[Row]):
    def newest(self) -> dict[str, Row]:
        """The newest patch of each version by its name, as "H5P.Question 1.5"."""
        return {library.name: library for library in cast("Iterable[Any]", self.order_by("patch").defer(*_HEAVY))}

    def in_folder(self, folder: str) -> Row | None:
        """The one that H5P looks for in "H5P.Question-1.5"."""
        machine_name, _dash, version = folder.rpartition("-")
        major, _dot, minor = version.partition(".")
        if not (major.isdecimal() and minor.isdecimal() and len(version) < 14):
            return None
        return self.filter(machine_name=machine_name, major=major, minor=minor).defer("semantics").first()

    def for_list(self) -> Self:
        return self.defer(*_HEAVY).annotate(uses=models.Count("versions", distinct=True))


class PackageQuerySet(models.QuerySet[Row]):
    def playable(self) -> Self:
        return self.filter(withdrawn_at=None, versions__isnull=False).distinct()

    def renewable_by(self, user: AnyUser) -> Self:
        """Contents that the user may give another version by uploading it: their own, all for who installs libraries.
        What was written here is renewed where it was written.
        """
        if not may(user, Action.ADD_PACKAGES):
            return self.none()
        uploaded = self
        for activity in _models_of_activities():
            made = activity._default_manager.exclude(package=None)
            uploaded = uploaded.exclude(pk__in=made.values("package"))
        return uploaded if may(user, Action.INSTALL_LIBRARIES) else uploaded.filter(created_by_id=user.pk)

    def for_list(self) -> Self:
        """With the number and the main library of the latest version."""
        versions = apps.get_model("training_materials", "PackageVersion")._default_manager
        latest = versions.filter(package=OuterRef("pk")).order_by("-number")
        return self.annotate(
            latest_number=Subquery(latest.values("number")[:1]),
            main_name=Subquery(latest.values("main__machine_name")[:1]),
            main_title=Subquery(latest.values("main__title")[:1]),
        ).select_related("created_by")


class PackageVersionQuerySet(models.QuerySet[Row]):
    def latest_of(self, package_id: int | None) -> Row | None:
        """The version that plays now; without its media and parameters, which few ask for."""
        return (
            self.filter(package_id=package_id, package__withdrawn_at=None)
            .defer("params", "media")
            .order_by("-number")
            .first()
        )


class PackageUploadQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own; who installs libraries sees all."""
        if may(user, Action.INSTALL_LIBRARIES):
            return self.all()
        return self.filter(created_by_id=user.pk) if may(user, Action.ADD_PACKAGES) else self.none()


def newest_version(package_id: int) -> UUID | None:
    """The id of the version that plays now, None where the content is gone or withdrawn."""
    versions = apps.get_model("training_materials", "PackageVersion")._default_manager
    latest = (
        versions.filter(package_id=package_id, package__withdrawn_at=None)
        .order_by("-number")
        .values_list("pk", flat=True)
    )
    return latest.first()


def pages_with(package: models.Model) -> models.QuerySet[Page]:
    """The pages that play it, in their bodies or as an activity."""
    references = ReferenceIndex.get_references_to(package)
    keys = references.filter(base_content_type=ContentType.objects.get_for_model(Page)).values_list(
        "object_id", flat=True
    )
    return Page.objects.filter(pk__in={int(key) for key in keys}).order_by("title", "pk")


def _models_of_activities() -> list[type[models.Model]]:
    """Of those that trainers write here: each row knows the package that was made of it."""
    known = apps.get_app_config("training_materials").get_models()
    return [model for model in known if hasattr(model, "packed_sha256")]
