"""The dictionary and the editors' picks in Wagtail's admin. Saving goes through the actions, not through the form."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from interface.office import ToldInFormMixin
from search.actions import save_pick, save_terms
from search.models import Pick, TermGroup


class _SavesTerms(ToldInFormMixin):
    def save_instance(self) -> TermGroup:
        return save_terms(group=self.form.save(commit=False), by=self.request.user, at=timezone.now())


class _SavesPick(ToldInFormMixin):
    def save_instance(self) -> Pick:
        return save_pick(pick=self.form.save(commit=False), by=self.request.user, at=timezone.now())


class TermsCreateView(_SavesTerms, CreateView):
    pass


class TermsEditView(_SavesTerms, EditView):
    pass


class PickCreateView(_SavesPick, CreateView):
    pass


class PickEditView(_SavesPick, EditView):
    pass


class TermGroupViewSet(SnippetViewSet):
    model = TermGroup
    icon = "openquote"
    menu_label = _("Search terms")
    list_display = ["__str__", BooleanColumn("need_not_occur", label=_("small words")),
                    BooleanColumn("is_in_use", label=_("in use"))]  # fmt: skip
    search_fields = ["terms"]
    panels = [FieldPanel("terms"), FieldPanel("need_not_occur"), FieldPanel("is_in_use")]
    add_view_class = TermsCreateView
    edit_view_class = TermsEditView


class PickViewSet(SnippetViewSet):
    model = Pick
    icon = "pick"
    menu_label = _("Editors' picks")
    list_display = ["__str__", "reason", BooleanColumn("is_in_use", label=_("in use"))]
    search_fields = ["queries"]
    panels = [FieldPanel("queries"), PageChooserPanel("page"), FieldPanel("reason"), FieldPanel("is_in_use")]
    add_view_class = PickCreateView
    edit_view_class = PickEditView


class SearchViewSetGroup(SnippetViewSetGroup):
    items = (PickViewSet, TermGroupViewSet)
    menu_label = _("Search settings")
    menu_icon = "search"
    menu_order = 260
    add_to_admin_menu = True
