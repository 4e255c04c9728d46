from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Site")

    def ready(self) -> None:
        from evaluation.criteria.registries import offers
        from home import checks, coverage, navigation, receivers
        from interface.places import own_places
        from training_materials.registries import indicators

        own_places.append(navigation.own_places)
        indicators.sources.append(coverage.served_indicators)
        offers.sources.append(coverage.offers)
        receivers.connect()
        register(checks.no_step_is_missing, Tags.database)
