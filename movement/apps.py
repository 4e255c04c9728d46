from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MovementConfig(AppConfig):
    name = "movement"
    verbose_name = _("The movement")

    def ready(self) -> None:
        from membership.export import export_parts
        from membership.merging import merge_parts
        from membership.registries import following
        from movement import receivers
        from movement.actions import move_proposals
        from movement.export import proposals_part
        from movement.occupancy import PLANS, PROPOSALS

        receivers.connect()
        following.followers.extend([PROPOSALS, PLANS])
        merge_parts.append(move_proposals)
        export_parts.append(proposals_part)
