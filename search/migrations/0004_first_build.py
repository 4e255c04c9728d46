"""The tables of the first build of the database's index, empty. Rebuilds make and drop tables like these."""

from django.db import migrations

from search.engines.database import dialects


def create(apps, schema_editor):
    dialects.dialect().create(1)
    dialects.dialect().finish(1)
    apps.get_model("search", "IndexState").objects.create(build=1, latest_build=1)
    if apps.get_model("wagtailcore", "Page").objects.filter(depth__gt=2).exists():
        # A site that was there before the index: the next worker reads all of it.
        apps.get_model("search", "PendingChange").objects.create(queue="documents", subject="all:")


def drop(apps, schema_editor):
    for state in apps.get_model("search", "IndexState").objects.all():
        for build in range(1, state.latest_build + 1):
            dialects.drop(build)
        state.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_state_and_files"),
        ("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field"),
    ]
    operations = [migrations.RunPython(create, drop)]
