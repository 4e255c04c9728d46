from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        from home import navigation, receivers
        from interface.places import own_places

        own_places.append(navigation.own_places)
        receivers.connect()
