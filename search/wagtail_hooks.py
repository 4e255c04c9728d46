"""What Wagtail's admin learns from the search."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from membership.policy import Action, may
from search.administration.missed import MissedSearchesView
from search.administration.words import SearchViewSetGroup

register_snippet(SearchViewSetGroup)


class _MissedMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, Action.PUBLISH_MATERIALS)


@hooks.register("register_reports_menu_item")
def missed_menu_item() -> MenuItem:
    return _MissedMenuItem(_("Searched and not found"), reverse("search_missed"), icon_name="search", order=900)


@hooks.register("register_admin_urls")
def missed_address() -> list[URLPattern]:
    return [path("reports/tim-khong-thay/", MissedSearchesView.as_view(), name="search_missed")]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("search.save_terms", _("Save search terms"), _("Search terms saved"))
    actions.register_action("search.save_pick", _("Save editors' pick"), _("Editors' pick saved"))
