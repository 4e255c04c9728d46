"""What officers fill in about units. Saving is the views' part, through actions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from membership.choosing import UnitChoiceField
from membership.codes import next_code
from membership.models import PARENTS_OF, Unit, UnitKind, User
from membership.policy import Action, reach
from membership.querysets import UnitQuerySet, standing_on

_CHANGED_ON = _(
    "The first day of the new name or kind. To correct what was entered wrongly, enter the day that it was entered for."
)


class NewUnitForm(WagtailAdminModelForm):
    parent = UnitChoiceField(suggests=False, label=_("Stands beneath"))
    code = forms.CharField(
        label=_("Code"), max_length=32, required=False, help_text=_("Leave it empty, and one is given.")
    )

    class Meta:
        model = Unit
        fields = ["name", "kind", "code", "valid_from"]
        widgets = {"valid_from": AdminDateInput}
        help_texts = {
            "name": _("As on official papers: Chi hội Khuyến học khối phố 1."),
            "valid_from": _("The first day on which the unit exists."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(_parents_for(self.for_user, PARENTS_OF))
        self.fields["kind"].choices = [("", _("Choose …")), *_choices_of(PARENTS_OF)]
        self.fields["valid_from"].initial = timezone.localdate
        self.order_fields(["parent", "kind", "name", "code", "valid_from"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        code, day, parent, kind = (cleaned.get(name) for name in ("code", "valid_from", "parent", "kind"))
        if not code and parent and kind:
            cleaned["code"] = next_code(parent, UnitKind(kind))
        elif code and day and Unit.objects.filter(code=code, valid_from=day).exists():
            self.add_error("code", ValidationError(_("A unit with this code stands already.")))
        return cleaned


class UnitForm(WagtailAdminModelForm):
    changed_on = forms.DateField(label=_("Changed on"), widget=AdminDateInput, help_text=_CHANGED_ON)
    parent = UnitChoiceField(
        label=_("Stands beneath"),
        help_text=_("Elsewhere in its commune at any time; in another commune only while it counts nowhere yet."),
    )

    class Meta:
        model = Unit
        fields = ["name", "kind", "valid_to"]
        widgets = {"valid_to": AdminDateInput}
        labels = {"valid_to": _("Closed on")}
        help_texts = {
            "valid_to": _(
                "The first day on which the unit is no more; empty while it exists. Empty it to open it again."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["changed_on"].initial = timezone.localdate
        kind = UnitKind(self.instance.kind)
        if kind in PARENTS_OF:
            self.fields["kind"].choices = list(_choices_of(PARENTS_OF))
            present = self.instance.get_parent().pk
            self.fields["parent"].offer(_parents_for(self.for_user, [kind], present))
            self.fields["parent"].initial = present
        else:
            del self.fields["kind"], self.fields["parent"]
        self.order_fields(["name", "kind", "changed_on", "parent", "valid_to"])


def _choices_of(kinds: Any) -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in kinds]


def _parents_for(user: User, kinds: Any, present: int | None = None) -> UnitQuerySet:
    """What stands today and is within reach; and where the unit stands now, closed or not: else saving moves it."""
    above = frozenset().union(*(PARENTS_OF[kind] for kind in kinds))
    open_to_it = standing_on(timezone.localdate()) & reach(user, Action.MANAGE_UNITS) & Q(kind__in=above)
    return Unit.objects.filter(open_to_it | Q(pk=present))
