import datetime

import pytest
from django.utils import timezone

from search import actions, health
from search.models import PendingChange

pytestmark = pytest.mark.django_db


def test_says_that_the_database_answers():
    assert health.state() == (True, "database; oldest change waits 0 s")


def test_a_change_that_waits_too_long_is_a_fault():
    actions.note(["tree:0001"])
    PendingChange.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=11))
    assert not health.state()[0]


def test_a_cluster_that_is_away_is_told_and_is_no_fault(settings, client):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    actions.note(["materialpage:1"], queue=PendingChange.Queue.ELASTICSEARCH)
    is_well, detail = health.state()
    assert is_well
    assert detail.startswith("elasticsearch is away: the database answers")
    assert detail.endswith("1 changes wait for elasticsearch")
    assert client.get("/healthz").json()["parts"]["search"]["is_well"]
