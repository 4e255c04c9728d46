"""What Wagtail's admin learns of recurring work."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from work.administration import RecurringWorkView


class _RecurringWorkMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_reports_menu_item")
def recurring_work_menu_item() -> MenuItem:
    return _RecurringWorkMenuItem(_("Recurring work"), reverse("recurring_work"), icon_name="history", order=950)


@hooks.register("register_admin_urls")
def recurring_work_address() -> list[URLPattern]:
    return [path("reports/viec-dinh-ky/", RecurringWorkView.as_view(), name="recurring_work")]
