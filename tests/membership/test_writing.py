"""What is being written while somebody takes their consent back in another session, each with its own connection."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from membership.actions import accept_consent, withdraw_consent
from membership.models import Person
from membership.purposes import SERVICE
from membership.writing import WithdrawnError, writing_about
from tests.queries import count_queries

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def an(standing, consent_text, at):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    return standing.an


def elsewhere(work, *, patience_ms=20_000):
    """Done to its end by another connection, which on PostgreSQL gives up where it waits longer for a row."""

    def alone():
        try:
            if connection.vendor == "postgresql":
                connection.cursor().execute(f"SET lock_timeout = {patience_ms}")
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


def withdraw(user):
    return withdraw_consent(person=user.person, purpose=SERVICE, by=user, at=timezone.now())


def test_a_withdrawal_waits_for_what_is_being_written_and_other_changes_do_not(an):
    if connection.vendor != "postgresql":
        return  # one writes at a time there
    with writing_about(an.person_id), transaction.atomic():
        type(an).objects.filter(pk=an.pk).update(first_name="A")
        with pytest.raises(OperationalError, match="lock timeout"):
            elsewhere(lambda: withdraw(an), patience_ms=100)
        elsewhere(lambda: Person.objects.filter(pk=an.person_id).update(sort_key="a"), patience_ms=100)


def test_what_a_savepoint_took_back_is_asked_again(an):
    with writing_about(an.person_id), transaction.atomic():
        with transaction.atomic():
            type(an).objects.filter(pk=an.pk).update(first_name="A")
            transaction.set_rollback(True)
        asked = count_queries(lambda: type(an).objects.filter(pk=an.pk).update(first_name="B"))
        then = count_queries(lambda: type(an).objects.filter(pk=an.pk).update(first_name="C"))
    assert (asked, then) == (2, 1)


def test_nothing_is_written_about_who_withdrew_before_and_reading_goes_on(an):
    withdraw(an)
    with writing_about(an.person_id):
        assert type(an).objects.filter(pk=an.pk).exists()
        with pytest.raises(WithdrawnError):
            type(an).objects.filter(pk=an.pk).update(first_name="A")
