from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        from home import navigation, receivers
        from home.coverage import served_indicators
        from interface.places import own_places
        from training_materials.registries import indicators

        own_places.append(navigation.own_places)
        indicators.sources[:] = [served_indicators]
        receivers.connect()
