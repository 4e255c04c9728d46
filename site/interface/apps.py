from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "interface"

    def ready(self) -> None:
        from interface import lookups  # noqa: F401 (registers what it has)
