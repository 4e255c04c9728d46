from django.db import migrations
from django.db.models import Exists, Max, OuterRef, Subquery


def stamp(apps, schema_editor):
    """Whose every consent was withdrawn, and the records merged into theirs; there was one purpose so far, which the site needs."""
    consents = apps.get_model("membership", "Consent").objects.filter(person=OuterRef("pk")).order_by()
    last = consents.values("person").annotate(last=Max("withdrawn_at")).values("last")
    people = apps.get_model("membership", "Person").objects.filter(Exists(consents.filter(withdrawn_at__isnull=False)))
    people.exclude(Exists(consents.filter(withdrawn_at=None))).update(withdrawn_at=Subquery(last))
    merged = apps.get_model("membership", "Person").objects.filter(merged_into__withdrawn_at__isnull=False)
    for record in merged.select_related("merged_into"):
        record.withdrawn_at = record.merged_into.withdrawn_at
        record.save(update_fields=["withdrawn_at"])


class Migration(migrations.Migration):
    dependencies = [("membership", "0002_consent_by_purpose")]
    operations = [migrations.RunPython(stamp, migrations.RunPython.noop)]
