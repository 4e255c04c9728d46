"""Whose each title is. Until now a merge left a second title of a year with the merged record: where both stand, that
record keeps it as its own and is named, so that whoever recognises can revoke that one."""

from django.db import migrations
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    titles = apps.get_model("recognition", "Title").objects
    people = apps.get_model("membership", "Person").objects
    whose = people.filter(pk=OuterRef("person")).annotate(whose=Coalesce("merged_into", "pk"))
    titles.update(identity=whose.values("whose")[:1])
    earlier = titles.filter(identity=OuterRef("identity"), year=OuterRef("year"), revoked_at=None)
    second = titles.filter(revoked_at=None).exclude(person=F("identity"))
    taken = Exists(earlier.filter(person=F("identity"))) | Exists(earlier.filter(pk__lt=OuterRef("pk")))
    for title in second.filter(taken).select_related("decision").order_by("pk"):
        titles.filter(pk=title.pk).update(identity=title.person_id)
        print(f"\n  Title {title.number} of {title.year} is its holder's second of that year: revoke it.", end="")


class Migration(migrations.Migration):

    dependencies = [("recognition", "0007_title_identity")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
