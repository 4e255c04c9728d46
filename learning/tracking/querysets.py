"""How enrolments and progress are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    pass


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    pass
