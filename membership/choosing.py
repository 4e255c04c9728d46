"""A unit to choose in a form. Hundreds bear the same name, “Chi hội khối phố 1”, so each says where it is: “Chi hội
khối phố 1, phường Hải Châu”. A few stand in a list; among many one types a part of it and takes what is proposed.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ModelChoiceFilter

from interface.fields import LinesField
from interface.vietnamese import fold
from membership.models import Unit, UnitKind, User
from membership.policy import Action, reach
from membership.querysets import UnitQuerySet
from membership.registries import groups

MOST_IN_LIST = 20
_MOST_NAMED = 5


class UnitSearch(forms.TextInput):
    """Proposes what holds the letters typed so far, by the browser's own means; works as a plain field where it has
    none, for the words are looked up when the form is sent.
    """

    template_name = "membership/unit_search.html"

    def __init__(self, labels: Mapping[int, str]) -> None:
        super().__init__({"placeholder": gettext_lazy("Type a part of the name"), "autocomplete": "off"})
        self.labels = labels

    def format_value(self, value: Any) -> str | None:
        """The words of the unit that is chosen already, or what was typed."""
        return self.labels.get(value) or super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        proposals = f"{(attrs or {}).get('id', name)}-proposals"
        context: dict[str, Any] = super().get_context(name, value, {**(attrs or {}), "list": proposals})
        return context | {"proposals": proposals, "labels": self.labels.values()}


class UnitChoiceField(forms.ModelChoiceField):
    """The form gives it what may be chosen, by ``offer``. ``suggests``: what is highest is chosen at first, where
    something must be.
    """

    def __init__(self, *, suggests: bool = True, **options: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **{"empty_label": gettext_lazy("Choose …"), **options})
        self.suggests = suggests

    def offer(self, units: UnitQuerySet) -> None:
        """In the order of the tree."""
        self.queryset = units.order_by("path")
        listed = list(self.queryset)
        labels = labels_of(listed)
        if len(listed) > MOST_IN_LIST:
            self.widget = UnitSearch(labels)
            self.widget.is_required = self.required
            return
        is_suggested = self.required and self.suggests
        self.choices = [*([] if is_suggested else [("", self.empty_label)]), *labels.items()]
        if is_suggested and listed:
            self.initial = min(listed, key=lambda unit: unit.depth).pk

    def offer_where(self, user: User, action: Action) -> None:
        """The units of today in which the user may do the action."""
        self.offer(Unit.objects.on(timezone.localdate()).filter(reach(user, action)))

    def to_python(self, value: Any) -> Unit | None:
        typed = isinstance(self.widget, UnitSearch) and value not in self.empty_values
        found: Unit | None = super().to_python(_key_of(str(value), self.widget.labels) if typed else value)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        told = self.widget.format_value(initial) if isinstance(self.widget, UnitSearch) else initial
        return super().has_changed(told, data)


class UnitLinesField(LinesField):
    """Several units, one a line, each typed as in a ``UnitSearch``. The form gives it what may be chosen, by
    ``offer``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def offer(self, units: UnitQuerySet) -> None:
        self.offered = {unit.pk: unit for unit in units.order_by("path")}
        self.labels = labels_of(list(self.offered.values()))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(self.labels.get(unit.pk, unit.name) for unit in value)
        return value

    def clean(self, value: Any) -> list[Unit]:
        """In the order of the tree, each once."""
        typed = super().clean(value).splitlines()
        keys = {_key_of(line, self.labels) for line in typed if line.strip()}
        return [unit for key, unit in self.offered.items() if key in keys]


class GroupChoiceField(forms.ChoiceField):
    """One of the groups that apps know, as the form was offered them; cleaned, it is a ``groups.Chosen``."""

    def offer(self, user: User, asked: str = "", *, alone: bool = False) -> None:
        """``asked``: which one a page hands over; ``alone``: and no other."""
        given = groups.handed_over(user, asked)
        others = [] if alone else groups.choices(user)
        self.choices = [*([(given.name, [(given.group, given.name)])] if given else []), *others]

    def clean(self, value: Any) -> groups.Chosen:
        chosen = super().clean(value)
        for label, offered in cast(Any, self.choices):
            if name := dict(offered).get(chosen):
                is_whole = chosen.endswith(":") or label == name
                return groups.Chosen(chosen, str(name) if is_whole else f"{label}: {name}")
        raise ValidationError(_("Choose one of these groups."))


class UnitFilter(ModelChoiceFilter):
    """Narrows a list to a unit and all beneath it. ``offered`` says of the request's user which can be chosen."""

    def __init__(self, offered: Callable[[Any], UnitQuerySet], field_name: str = "unit__path") -> None:
        super().__init__(field_name, label=gettext_lazy("Unit"))
        self.offered = offered

    @cached_property
    def field(self) -> UnitChoiceField:
        field = UnitChoiceField(label=self.label, empty_label=gettext_lazy("Every unit"), required=False)
        field.offer(self.offered(self.parent.request.user))
        return field

    def filter(self, qs: Any, value: Unit | None) -> Any:
        return qs.filter(**{f"{self.field_name}__startswith": value.path}) if value else qs


def labels_of(units: list[Unit]) -> dict[int, str]:
    """Each by its name and what tells it from others; with the code where that is still not one alone, as it is
    read when somebody types it: accents aside."""
    places = {path for unit in units for path in unit.paths_up}
    above = places - {unit.path for unit in units}
    told = list(Unit.objects.filter(path__in=above)) if above else []
    standing = {unit.path: unit for unit in [*told, *units]}
    labels = {unit.pk: _label(unit, [standing[path] for path in unit.paths_up[1:-1]]) for unit in units}
    often = Counter(fold(label) for label in labels.values())
    return {unit.pk: f"{label} ({unit.code})" if often[fold(label := labels[unit.pk])] > 1 else label for unit in units}


def _key_of(typed: str, labels: Mapping[int, str]) -> int:
    """Of the unit that is called so, or of the only one whose words hold all that were typed."""
    wanted = fold(typed)
    exact = [key for key, label in labels.items() if fold(label) == wanted]
    found = exact or [key for key, label in labels.items() if set(wanted.split()) <= set(_words(label))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(_("No unit that you may choose is called “%(text)s”.") % {"text": typed})
    told = "; ".join(labels[key] for key in found[:_MOST_NAMED])
    raise ValidationError(
        _("%(count)d units hold these words. Type more of the one you mean: %(told)s …")
        % {"count": len(found), "told": told}
    )


def _label(unit: Unit, above: list[Unit]) -> str:
    """The province stands above all, and an association bears the name of its commune: neither tells anything."""
    parts = [unit.name]
    for place in reversed(above):
        if place.kind != UnitKind.ASSOCIATION and fold(place.name) not in fold(unit.name):
            parts.append(place.name[:1].lower() + place.name[1:])
    return ", ".join(parts)


def _words(label: str) -> list[str]:
    return fold(label).replace(",", " ").replace("(", " ").replace(")", " ").split()
