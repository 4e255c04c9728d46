"""How dossiers are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    pass


class DossierQuerySet(models.QuerySet["Dossier"]):
    pass
