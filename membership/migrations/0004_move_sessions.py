"""Whoever is signed in stays so: sessions move to the table that knows whose they are."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.utils import timezone

_BATCH = 1000


def move(apps, schema_editor):
    old, new = apps.get_model("sessions", "Session"), apps.get_model("membership", "Session")
    users = set(apps.get_model("membership", "User").objects.values_list("pk", flat=True))
    batch = []
    for session in old.objects.filter(expire_date__gt=timezone.now()).iterator(_BATCH):
        user = SessionStore().decode(session.session_data).get(SESSION_KEY, "")
        user_id = int(user) if user.isdecimal() and int(user) in users else None
        batch.append(
            new(
                session_key=session.session_key,
                session_data=session.session_data,
                expire_date=session.expire_date,
                user_id=user_id,
            )
        )
    new.objects.bulk_create(batch, batch_size=_BATCH)
    old.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("membership", "0003_doors"), ("sessions", "0001_initial")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
