"""Credentials of outside systems in Wagtail's admin: made, listed and revoked by administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from interface.office import AdministratorsPolicy, RecordViewSet
from learning.tracking.actions import make_credential, revoke_credential
from learning.tracking.models import Credential, Scope

register_permission_policy(Credential, AdministratorsPolicy(Credential, "view", "add", "delete"))


class CredentialForm(WagtailAdminModelForm):
    scopes = forms.MultipleChoiceField(
        label=_("May"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.WRITE_STATEMENTS, Scope.READ_OWN_STATEMENTS],
    )

    class Meta:
        model = Credential
        fields = ["name", "scopes"]

    def clean_scopes(self) -> list[str]:
        chosen: Any = self.cleaned_data["scopes"]
        return sorted(chosen)


class CredentialIndexView(generic.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("name", label=_("Name"), accessor=_described, sort_key="name"),
            Column("created_at", label=pgettext_lazy("credential", "Made"), accessor=_made, sort_key="created_at"),
            Column("revoked_at", label=pgettext_lazy("credential", "Revoked"), accessor=_revoked),
        ]


class CredentialCreateView(generic.CreateView):
    """The page after it is the only one that ever shows the secret."""

    def form_valid(self, form: Any) -> HttpResponse:
        credential, secret = make_credential(
            name=form.cleaned_data["name"],
            scopes=[Scope(scope) for scope in form.cleaned_data["scopes"]],
            by=self.request.user,
            at=timezone.now(),
        )
        shown = {"credential": credential, "secret": secret, "index": reverse(self.index_url_name)}
        shown["endpoint"] = self.request.build_absolute_uri("/xapi")
        response = TemplateResponse(self.request, "tracking/admin/credential_made.html", shown)
        response["Cache-Control"] = "no-store"
        return response


class CredentialRevokeView(generic.DeleteView):
    page_title = _("Revoke")
    template_name = "tracking/admin/credential_revoke.html"

    def get_queryset(self) -> QuerySet[Credential]:
        return Credential.objects.filter(revoked_at=None)

    @property
    def confirmation_message(self) -> str:
        return gettext(
            "From now on this system can neither write nor read here. What it wrote stays. This cannot be undone."
        )

    def delete_action(self) -> None:
        revoke_credential(credential=self.object, by=self.request.user, at=timezone.now())

    def get_success_message(self) -> str:
        return gettext("“%(name)s” is revoked.") % {"name": self.object.name}


class CredentialViewSet(RecordViewSet):
    """A credential is never changed, only revoked."""

    model = Credential
    name = "xapi_credentials"
    url_prefix = "xapi"
    icon = "key"
    menu_label = _("xAPI credentials")
    menu_order = 800
    add_to_settings_menu = True
    inspect_view_enabled = False
    index_view_class = CredentialIndexView
    add_view_class = CredentialCreateView
    delete_view_class = CredentialRevokeView
    pages = ("index", "index_results", "add", "delete")

    def get_form_class(self, for_update: bool = False) -> type:
        return CredentialForm


def _described(credential: Credential) -> str:
    """The system, its user name, and what it may: in one cell, so that a phone shows the whole table."""
    values = [(scope.label,) for scope in Scope if scope in credential.scopes]
    scopes = format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", values))
    return format_html("<strong>{}</strong><br><code>{}</code>{}", credential.name, credential.key, scopes)


def _made(credential: Credential) -> str:
    return date_format(timezone.localtime(credential.created_at), "d/m/Y")


def _revoked(credential: Credential) -> str:
    """When; or the way to do it."""
    if credential.revoked_at:
        return date_format(timezone.localtime(credential.revoked_at), "d/m/Y")
    address = reverse("xapi_credentials:delete", args=[credential.pk])
    return format_html('<a class="button button-small button-secondary" href="{}">{}</a>', address, gettext("Revoke"))
