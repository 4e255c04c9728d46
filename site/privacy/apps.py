from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Personal data")

    def ready(self) -> None:
        from membership.export import export_parts
        from membership.merging import holdings, merge_parts
        from notices.registries.dated import sources
        from privacy import dated, receivers
        from privacy.actions import move_requests
        from privacy.export import requests_part
        from privacy.models import Request

        receivers.connect()
        merge_parts.append(move_requests)
        export_parts.append(requests_part)
        sources += [dated.own, dated.of_office]
        holdings[_("Requests about personal data")] = lambda person: Request.objects.filter(person=person).count()
