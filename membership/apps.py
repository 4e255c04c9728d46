from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "membership"
    verbose_name = _("Membership")

    def ready(self) -> None:
        from intake.kinds import KINDS
        from membership import groups
        from membership.actions.decree import Decree
        from membership.actions.role_list import RoleList
        from membership.actions.roster import Roster
        from membership.actions.unit_file import UnitFile
        from membership.beginning import STEPS
        from membership.purposes import PURPOSES
        from membership.registries.beginning import steps
        from membership.registries.purposes import purposes

        groups.connect()
        KINDS.update({kind.key: kind for kind in (Decree, RoleList, Roster, UnitFile)})
        steps.extend(STEPS)
        purposes.update(PURPOSES)
