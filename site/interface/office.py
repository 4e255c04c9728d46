"""What views, view sets and policies of Wagtail's admin have in common, whichever app they stand in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies.base import BasePermissionPolicy

from interface.refusals import told_in_form


def name_entries(app: str, entries: Mapping[str, tuple[Promise, Promise]]) -> None:
    """Names the entries that an app writes in the audit log: as one looks for them, and as they are told."""

    @hooks.register("register_log_actions")
    def register(actions: LogActionRegistry) -> None:
        for name, (label, message) in entries.items():
            actions.register_action(f"{app}.{name}", label, message)


class ToldInFormMixin:
    """For a view that saves through an action: what that refuses is told in the form, which keeps what was typed."""

    request: Any
    form: Any
    form_invalid: Any
    get_error_message: Any

    def form_valid(self, form: Any) -> HttpResponse:
        with told_in_form(form):
            return super().form_valid(form)  # type: ignore[misc]
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class RecordViewSet(ModelViewSet):
    """Records are kept: there is no copying, no deleting, and no page of what refers to them."""

    pages: tuple[str, ...] = ("index", "add", "edit", "history", "history_results")
    copy_view_enabled = False
    add_to_reference_index = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        offered = super().get_common_view_kwargs(**kwargs)
        missing = {f"{name}_url_name": None for name in ("index_results", "add", "edit", "history", "delete", "usage")
                   if name not in self.pages}  # fmt: skip
        return {**offered, **missing}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.pages]


class AdministratorsPolicy(BasePermissionPolicy):
    """Administrators alone, and only the actions named."""

    def __init__(self, model: type, *actions: str) -> None:
        super().__init__(model)
        self.actions = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return user.is_superuser and action in self.actions

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        accounts = get_user_model()._default_manager.all()
        return accounts.filter(is_superuser=True) if self.actions.intersection(actions) else accounts.none()
