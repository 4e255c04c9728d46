"""How trainers choose an interactive content in forms and in bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from interface.vietnamese import fold
from training_materials.packages.kinds import kind_of

if TYPE_CHECKING:
    from training_materials.querysets.packages import PackageQuerySet


class PackageFilterForm(SearchFilterMixin, BaseFilterForm):
    """Contents are found by their titles, accents aside, without an index of their own: they are few."""

    def filter(self, objects: PackageQuerySet) -> PackageQuerySet:
        self.search_query = self.cleaned_data.get("q")
        words = fold(self.search_query or "").split()
        if not words:
            return objects
        self.is_searching = True
        titles = objects.values_list("pk", "title")
        return objects.filter(pk__in=[pk for pk, title in titles if all(word in fold(title) for word in words)])


class KindMixin:
    """Says beside each title what kind of content it is."""

    filter_form_class = PackageFilterForm

    @property
    def columns(self) -> list[Column]:
        kind = Column("kind", label=pgettext_lazy("package", "Kind"), accessor=_kind)
        return [*super().columns, kind]  # type: ignore[misc]


class PackageChooseView(KindMixin, ChooseView):
    pass


class PackageChooseResultsView(KindMixin, ChooseResultsView):
    pass


class PackageChooserViewSet(ChooserViewSet):
    model = "training_materials.Package"
    choose_view_class = PackageChooseView
    choose_results_view_class = PackageChooseResultsView
    icon = "media"
    choose_one_text = _("Choose an interactive content")
    choose_another_text = _("Choose another content")
    edit_item_text = _("Look at this content")
    per_page = 20

    def get_object_list(self) -> PackageQuerySet:
        """Only what can be played."""
        found: PackageQuerySet = apps.get_model(self.model)._default_manager.playable().for_list()
        return found


def _kind(package: Any) -> str:
    return kind_of(package.main_name or "–", package.main_title or "")


package_chooser = PackageChooserViewSet("package_chooser", url_prefix="noi-dung-tuong-tac/chon")
PackageChooserBlock = package_chooser.get_block_class(
    name="PackageChooserBlock", module_path="training_materials.blocks.choosers"
)
