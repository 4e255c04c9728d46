from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        from evaluation.criteria.registries import offers
        from home import coverage, navigation, receivers
        from interface.places import own_places
        from training_materials.registries import indicators

        own_places.append(navigation.own_places)
        indicators.sources.append(coverage.served_indicators)
        offers.sources.append(coverage.offers)
        receivers.connect()
