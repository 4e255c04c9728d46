"""Where the files of packages lie: the private storage, under names that say what is in them."""

from django.core.files.storage import Storage, storages


def package_storage() -> Storage:
    return storages["private"]


def bundle_name(bundle: str, ending: str) -> str:
    return f"packages/bundles/{bundle}.{ending}"
