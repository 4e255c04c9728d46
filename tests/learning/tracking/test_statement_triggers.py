"""What the database refuses, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from learning.tracking.actions import store_statements
from learning.tracking.models import Statement, StatementErasure
from tests.factories.statements import outside_client, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return store_statements(statements=[statement()], by=outside_client(), at=timezone.now())[0]


@pytest.mark.parametrize("sql", ["UPDATE tracking_statement SET is_voiding = true", "DELETE FROM tracking_statement"])
def test_a_statement_is_never_changed_nor_deleted(key, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert not Statement.objects.get(pk=key).is_voiding


def test_it_changes_when_an_erasure_of_it_stands(key):
    StatementErasure.objects.create(statement_id=key, erased_at=timezone.now())
    Statement.objects.filter(pk=key).update(body={"erased": True})
    assert Statement.objects.get(pk=key).body == {"erased": True}
