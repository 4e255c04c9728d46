"""An answer on its way while its learner takes their consent back in another session."""

import pytest
from django.db import connection
from django.utils import timezone

from assessments.models import Response
from membership.actions import accept_consent, load_consent_texts
from tests.assessments.test_answers import one, send
from tests.membership.test_writing import elsewhere, withdraw


def once_read(table, work):
    """Does it right after the first SELECT from the table."""
    left = [work]

    def noticing(execute, sql, *given):
        found = execute(sql, *given)
        if left and str(sql).startswith("SELECT") and f'FROM "{table}"' in str(sql):
            left.pop()()
        return found

    return connection.execute_wrapper(noticing)


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_came_through_the_door_before_is_not_kept(client, classroom):
    an, now = classroom.an, timezone.now()
    for text in load_consent_texts(by=None, at=now):
        accept_consent(person=an.person, text=text, by=an, at=now)
    attempt = classroom.begin()
    client.force_login(an)
    sent = one(attempt)
    with once_read("assessments_response", lambda: elsewhere(lambda: withdraw(an))):
        refused = send(client, attempt, sent)
    assert not Response.objects.filter(attempt=attempt, sequence__gt=0).exists()
    assert refused.status_code == 401
    assert "sign_in" in refused.json()
