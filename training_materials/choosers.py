"""How trainers choose an interactive content in forms and in bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

if TYPE_CHECKING:
    from training_materials.package_querysets import PackageQuerySet


class PackageChooserViewSet(ChooserViewSet):
    model = "training_materials.Package"
    icon = "media"
    choose_one_text = _("Choose an interactive content")
    choose_another_text = _("Choose another content")
    edit_item_text = _("Look at this content")
    per_page = 20

    def get_object_list(self) -> PackageQuerySet:
        """Only what can be played."""
        found: PackageQuerySet = apps.get_model(self.model)._default_manager.playable()
        return found


package_chooser = PackageChooserViewSet("package_chooser", url_prefix="noi-dung-tuong-tac/chon")
PackageChooserBlock = package_chooser.get_block_class(
    name="PackageChooserBlock", module_path="training_materials.choosers"
)
