from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from interface.places import unread_counts
        from membership.export import export_parts
        from membership.merging import merge_parts
        from membership.registries.channel_tests import to_oneself
        from membership.registries.people import row_actions
        from notices import audience, receivers
        from notices.actions import move_notices
        from notices.devices import test_messages
        from notices.export import notices_part
        from notices.unread import unread

        autodiscover_modules("notices")
        audience.connect()
        row_actions.append(audience.WRITE)
        receivers.connect()
        unread_counts.append(unread)
        export_parts.append(notices_part)
        merge_parts.append(move_notices)
        to_oneself["push"] = test_messages
