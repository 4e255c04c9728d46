"""The back office of the criteria: every save goes through an action."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import Button

from evaluation.criteria import actions
from evaluation.criteria.administration import views
from evaluation.criteria.administration.views import set_addresses
from evaluation.criteria.models import Competency, CriteriaSet, EvidenceRule, Indicator
from membership.admission import user_of


class _Index(generic.IndexView):
    default_ordering = None

    def get_edit_url(self, instance: Model) -> str | None:
        """What is sealed has no edit page: its name leads to the inspection."""
        may_edit = self.permission_policy.user_has_permission_for_instance(self.request.user, "change", instance)
        return super().get_edit_url(instance) if may_edit else self.get_inspect_url(instance)

    def get_delete_url(self, instance: Model) -> str | None:
        may_delete = self.permission_policy.user_has_permission_for_instance(self.request.user, "delete", instance)
        return super().get_delete_url(instance) if may_delete else None


class _ThroughAction:
    """Saves through the action; what it refuses is said in the form."""

    request: HttpRequest
    form: Any
    form_invalid: Any
    get_error_message: Any

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refused:
            form.add_error(None, refused)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Any:
        part = self.form.save(commit=False)
        return actions.save_part(part=part, by=user_of(self.request), at=timezone.now())


class _OfDrafts:
    """Sealed rows are refused before anything is shown for editing."""

    permission_required: str
    permission_policy: Any
    request: HttpRequest

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        instance = super().get_object(queryset)  # type: ignore[misc]
        if not self.permission_policy.user_has_permission_for_instance(
            self.request.user, self.permission_required, instance
        ):
            raise PermissionDenied
        return instance


class _Create(_ThroughAction, generic.CreateView):
    pass


class _Edit(_OfDrafts, _ThroughAction, generic.EditView):
    pass


class _Delete(_OfDrafts, generic.DeleteView):
    def delete_action(self) -> None:
        actions.remove_part(part=self.object, by=user_of(self.request), at=timezone.now())


class _Inspect(generic.InspectView):
    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return "–" if value is None else value


class _InspectSet(_Inspect):
    template_name = "criteria/admin/inspect_set.html"

    @property
    def header_more_buttons(self) -> list[Button]:
        addresses = set_addresses(self.object)
        buttons = [Button(_("New version"), url=addresses["version"], icon_name="copy", priority=5)]
        if self.object.is_draft:
            buttons.append(Button(_("Edit"), url=self.get_edit_url(), icon_name="edit", priority=10))
            buttons.append(Button(_("Put in force"), url=addresses["force"], icon_name="check", priority=20))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        indicators = self.object.indicators.select_related("competency").prefetch_related("rules")
        return super().get_context_data(**kwargs, indicators=indicators)


class _PartViewSet(ModelViewSet):
    index_view_class = _Index
    add_view_class = _Create
    edit_view_class = _Edit
    delete_view_class = _Delete
    inspect_view_class = _Inspect
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_admin_menu = False
    add_to_reference_index = False


class CriteriaSetViewSet(_PartViewSet):
    model = CriteriaSet
    inspect_view_class = _InspectSet
    inspect_template_name = "criteria/admin/inspect_set.html"
    icon = "list-ul"
    menu_label = _("Criteria sets")
    list_display = ["name", "version", "group", "unit", "status", "valid_from", "valid_to"]
    list_filter = ["group", "status"]
    inspect_view_fields_exclude = ["id"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("version"), FieldPanel("is_sample")], heading=_("Name")),
        MultiFieldPanel(
            [FieldPanel("group"), FieldPanel("unit"), FieldPanel("parent"), FieldPanel("valid_from")],
            heading=_("For whom, from when"),
        ),
        MultiFieldPanel([FieldPanel("threshold"), FieldPanel("floor"), FieldPanel("step")], heading=_("Pass rule")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/put-in-force/", views.put_in_force, name="put_in_force"),
            path("<int:pk>/new-version/", views.new_version, name="new_version"),
        ]


class CompetencyViewSet(_PartViewSet):
    model = Competency
    icon = "folder"
    menu_label = _("Competencies")
    list_display = ["name", "number", "criteria_set"]
    panels = [FieldPanel("criteria_set"), FieldPanel("number"), FieldPanel("name")]


class IndicatorViewSet(_PartViewSet):
    model = Indicator
    icon = "tasks"
    menu_label = _("Indicators")
    list_display = ["__str__", "criteria_set", "support", "maximum"]
    list_filter = ["criteria_set"]
    panels = [
        FieldPanel("criteria_set"),
        FieldPanel("competency"),
        FieldPanel("number"),
        FieldPanel("name"),
        FieldPanel("explanation"),
        FieldPanel("examples"),
        FieldPanel("topics"),
        FieldPanel("maximum"),
        FieldPanel("evidence_cap"),
        FieldPanel("support"),
    ]


class EvidenceRuleViewSet(_PartViewSet):
    model = EvidenceRule
    icon = "link"
    menu_label = _("Evidence rules")
    list_display = ["__str__", "indicator", "kind", "topic", "points", "cap"]
    list_filter = ["kind", "topic"]
    panels = [
        FieldPanel("indicator"),
        FieldPanel("kind"),
        MultiFieldPanel(
            [FieldPanel("topic"), FieldPanel("topic_name"), FieldPanel("page_key"), FieldPanel("issuer")],
            heading=pgettext_lazy("rule", "About"),
        ),
        MultiFieldPanel([FieldPanel("least_score"), FieldPanel("least_verification")], heading=_("At least")),
        MultiFieldPanel([FieldPanel("date_from"), FieldPanel("date_to"), FieldPanel("within_days")], heading=_("When")),
        MultiFieldPanel([FieldPanel("points"), FieldPanel("cap")], heading=_("Points")),
    ]


class CriteriaGroup(ModelViewSetGroup):
    menu_label = _("Criteria")
    menu_icon = "list-ul"
    menu_order = 320
    items = (CriteriaSetViewSet("criteria_sets"), IndicatorViewSet("indicators"), CompetencyViewSet("competencies"),
             EvidenceRuleViewSet("evidence_rules"))  # fmt: skip
