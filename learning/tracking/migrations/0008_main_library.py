"""By H5P's own word for the library that a content plays with."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracking", "0007_terms_are_read_in_order")]

    operations = [migrations.RenameField("play", "library", "main_library")]
