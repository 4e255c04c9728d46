"""What Wagtail's admin learns from this app: the look of lists, and who took a list of people away."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import LogActionRegistry, LogFormatter

from interface.vietnamese import storable

# Wagtail's own lists as files: what has long been stored may hold signs that no workbook can.
SpreadsheetExportMixin.custom_value_preprocess[str] = dict.fromkeys(SpreadsheetExportMixin.FORMATS, storable)


@hooks.register("insert_global_admin_css")
def back_office() -> str:
    """The site's own colours and type, and what draws covers."""
    return format_html('<link rel="stylesheet" href="{}">', static("vendor/office.css"))


@hooks.register("insert_global_admin_js")
def what_is_typed_stays() -> str:
    return format_html('<script src="{}"></script>', static("interface/typed_dates.js"))


class ExportFormatter(LogFormatter):
    label = gettext_lazy("Export list")

    def format_message(self, log_entry: Any) -> str:
        taken = {"list": log_entry.label, "rows": log_entry.data.get("rows", 0)}
        return _("Took the list “%(list)s” away as a file: %(rows)s rows") % taken


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("interface.export_list")(ExportFormatter)
