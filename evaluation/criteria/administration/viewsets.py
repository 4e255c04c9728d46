"""The back office of the criteria: who may open it, and that every save goes through an action."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import Button

from evaluation.criteria import actions
from evaluation.criteria.forms import CriteriaSetForm, NewVersionForm
from evaluation.criteria.models import Anchor, Competency, CriteriaSet, EvidenceRule, Indicator
from interface.office import ToldInFormMixin
from interface.refusals import told_in_form, told_on_page
from membership.admission import ActionPolicy, user_of
from membership.policy import Action, AnyUser, may, require


class CriteriaPermissionPolicy(ActionPolicy):
    """Adding and viewing wherever criteria may be managed; changing and deleting drafts alone."""

    needs = Action.MANAGE_CRITERIA

    def user_has_permission_for_instance(self, user: AnyUser, action: str, instance: Any) -> bool:
        criteria_set = criteria_set_of(instance)
        if criteria_set is None:
            return self.user_has_permission(user, action)
        if action in {"change", "delete"} and not criteria_set.is_draft:
            return False
        return may(user, Action.MANAGE_CRITERIA, criteria_set.unit)


def criteria_set_of(part: Model) -> CriteriaSet | None:
    """None for a part that is not placed yet."""
    if isinstance(part, CriteriaSet):
        return part
    if isinstance(part, EvidenceRule | Anchor):
        return part.indicator.criteria_set if part.indicator_id else None
    if isinstance(part, Competency | Indicator):
        return part.criteria_set if part.criteria_set_id else None
    return None


def set_addresses(criteria_set: CriteriaSet) -> dict[str, str]:
    return {
        "inspect": reverse("criteria_sets:inspect", args=[criteria_set.pk]),
        "force": reverse("criteria_sets:put_in_force", args=[criteria_set.pk]),
        "version": reverse("criteria_sets:new_version", args=[criteria_set.pk]),
    }


def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    criteria_set = get_object_or_404(CriteriaSet, pk=pk)
    require(request.user, Action.MANAGE_CRITERIA, criteria_set.unit)
    if request.method == "POST":
        with told_on_page(request):
            actions.put_in_force(criteria_set=criteria_set, by=user_of(request), at=timezone.now())
            messages.success(request, gettext("The criteria set is in force from its first day."))
        return redirect(set_addresses(criteria_set)["inspect"])
    return render(request, "criteria/admin/put_in_force.html", {"object": criteria_set, **set_addresses(criteria_set)})


def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    criteria_set = get_object_or_404(CriteriaSet, pk=pk)
    require(request.user, Action.MANAGE_CRITERIA, criteria_set.unit)
    form = NewVersionForm(request.POST or None, user=user_of(request))
    if request.method == "POST" and form.is_valid():
        with told_in_form(form):
            draft = actions.draft_from(
                criteria_set=criteria_set, by=user_of(request), at=timezone.now(), **form.cleaned_data
            )
            return redirect(set_addresses(draft)["inspect"])
    context = {"object": criteria_set, "form": form, **set_addresses(criteria_set)}
    return render(request, "criteria/admin/new_version.html", context)


class _Index(generic.IndexView):
    default_ordering = None

    def get_edit_url(self, instance: Model) -> str | None:
        """What is sealed has no edit page: its name leads to the inspection."""
        may_edit = self.permission_policy.user_has_permission_for_instance(self.request.user, "change", instance)
        return super().get_edit_url(instance) if may_edit else self.get_inspect_url(instance)

    def get_delete_url(self, instance: Model) -> str | None:
        may_delete = self.permission_policy.user_has_permission_for_instance(self.request.user, "delete", instance)
        return super().get_delete_url(instance) if may_delete else None


class _ThroughAction(ToldInFormMixin):
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
    edit_handler = ObjectList(panels, base_form_class=CriteriaSetForm)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/put-in-force/", put_in_force, name="put_in_force"),
            path("<int:pk>/new-version/", new_version, name="new_version"),
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


class AnchorViewSet(_PartViewSet):
    model = Anchor
    icon = "pick"
    menu_label = _("Anchors of scores")
    list_display = ["__str__", "indicator", "points", "text"]
    panels = [FieldPanel("indicator"), FieldPanel("points"), FieldPanel("text")]


class CriteriaGroup(ModelViewSetGroup):
    menu_label = _("Criteria")
    menu_icon = "list-ul"
    menu_order = 320
    items = (CriteriaSetViewSet("criteria_sets"), IndicatorViewSet("indicators"), CompetencyViewSet("competencies"),
             EvidenceRuleViewSet("evidence_rules"), AnchorViewSet("anchors"))  # fmt: skip
