"""The tables of the first build of the database's index, empty. Rebuilds make and drop tables like these."""

from django.db import migrations

from search.engines.database import dialects


def create(apps, schema_editor):
    dialects.dialect().create(1)
    dialects.dialect().finish(1)
    apps.get_model("search", "IndexState").objects.create(build=1, latest_build=1)


def drop(apps, schema_editor):
    for state in apps.get_model("search", "IndexState").objects.all():
        for build in range(1, state.latest_build + 1):
            dialects.drop(build)
        state.delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_schema")]
    replaces = [("search", "0004_first_build")]
    operations = [migrations.RunPython(create, drop)]
