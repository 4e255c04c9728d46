from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import ModelLogEntry

from learning.sessions.models import Session

MOVE = import_module("learning.sessions.migrations.0002_take_over_grants_and_log")


class Editor:
    connection = connection


def test_what_was_granted_on_sessions_and_logged_of_them_comes_with_them(standing):
    kind = ContentType.objects.get_for_model(Session)
    entry = ModelLogEntry.objects.log_action(instance=standing.chapter, action="sessions.hold_session", title="1")
    ModelLogEntry.objects.filter(pk=entry.pk).update(content_type=kind, action="evidence.hold_session")
    granted = set(Permission.objects.filter(content_type=kind).values_list("pk", flat=True))
    ContentType.objects.filter(pk=kind.pk).update(app_label="evidence")
    for _twice in range(2):
        MOVE.take_over(apps, Editor)

    kind.refresh_from_db()
    assert kind.app_label == "learning_sessions"
    assert set(Permission.objects.filter(content_type=kind).values_list("pk", flat=True)) == granted
    entry.refresh_from_db()
    assert (entry.action, entry.content_type) == ("sessions.hold_session", kind)
