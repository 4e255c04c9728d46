"""How questions and attempts are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    pass


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_use(self) -> QuestionQuerySet:
        return self.filter(retired_at=None).exclude(current=None)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    pass
