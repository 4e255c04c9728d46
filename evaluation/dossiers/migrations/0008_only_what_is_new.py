"""Takes the mark of later evidence off where no evidence came later: it was set by when a task ran."""

from django.db import migrations
from django.db.models import Min

DECIDED = ("recognised", "not_recognised", "revoked")


def unmark(apps, schema_editor):
    dossiers = apps.get_model("dossiers", "Dossier").objects.filter(stale_since__isnull=False)
    evidence = apps.get_model("evidence", "Evidence").objects
    for dossier in dossiers.defer("frozen").iterator():
        seen = dossier.decided_at if dossier.state in DECIDED else _first_sign_off(dossier)
        of_year = evidence.filter(person=dossier.person_id, occurred_at__year=dossier.year)
        came = of_year.filter(recorded_at__gt=seen).aggregate(first=Min("recorded_at"))["first"] if seen else None
        if came is None:
            dossier.stale_since = None
            dossier.save(update_fields=["stale_since"])


def _first_sign_off(dossier):
    since = dossier.submitted_at
    forwarded = dossier.reviews.filter(outcome="forwarded", at__gte=since) if since else dossier.reviews.none()
    return forwarded.aggregate(first=Min("at"))["first"]


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0007_revoked_seen_and_taken_back"),
        ("evidence", "0008_kinds_by_reference"),
    ]

    operations = [migrations.RunPython(unmark, migrations.RunPython.noop)]
