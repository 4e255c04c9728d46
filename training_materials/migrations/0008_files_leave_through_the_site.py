"""Documents, and pictures as they came, move out of what a proxy may serve: to ``private/`` of VAR_DIR.

May run twice, and goes on where it was interrupted. Files that another service keeps are left where they are.
"""

import filecmp
import os
import shutil
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages
from django.db import migrations

FOLDERS = ("documents", "original_images")


def move(source: Path, target: Path) -> None:
    """Every file below the source, each at once or not at all. Two that differ are for a person to tell apart."""
    for file in sorted(path for folder in FOLDERS for path in (source / folder).rglob("*") if path.is_file()):
        there = target / file.relative_to(source)
        if not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            part = there.with_name(f"{there.name[:200]}.part")
            shutil.copy2(file, part)
            os.replace(part, there)
            file.unlink()
        elif filecmp.cmp(file, there, shallow=False):
            file.unlink()
        else:
            raise FileExistsError(f"{file} and {there} differ: keep the one that belongs there, remove the other.")


def _between(source: str, target: str):
    def run(apps, schema_editor):
        both = [storages[source], storages[target]]
        if all(isinstance(storage, FileSystemStorage) for storage in both):
            move(*(Path(storage.location) for storage in both))

    return run


class Migration(migrations.Migration):
    dependencies = [("training_materials", "0007_withdrawn_packages")]

    operations = [migrations.RunPython(_between("public", "default"), _between("default", "public"))]
