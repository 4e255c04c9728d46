"""What is laid once is laid again only on what it was laid on."""

from collections.abc import Callable

import pytest
from django.db import transaction

from search.actions.outbox import note
from search.models import PendingChange
from tests import laid
from tests.laid import laid_once

pytestmark = pytest.mark.django_db


@laid_once
def lay_ground(_db: None) -> None:
    note(["ground"])


@laid_once
def lay_house(_db: None) -> None:
    note(["house"])


@laid_once
def lay_all(_db: None) -> None:
    lay_ground(None)
    note(["cellar"])
    lay_house(None)


def lay_apart(_db: None) -> None:
    lay_ground(None)
    lay_house(None)


def laid_by(lay: Callable[[None], None]) -> list[str]:
    """As in a test of its own, of which nothing stays."""
    laid.begin()
    with transaction.atomic():
        lay(None)
        subjects = [change.subject for change in PendingChange.objects.order_by("pk")]
        transaction.set_rollback(True)
    return subjects


def test_a_step_inside_another_is_not_taken_for_the_step_alone() -> None:
    for _again in range(2):
        assert laid_by(lay_apart) == ["ground", "house"]
        assert laid_by(lay_all) == ["ground", "cellar", "house"]
