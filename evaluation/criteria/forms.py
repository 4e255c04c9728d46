"""What officers enter about criteria."""

from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from evaluation.criteria.ladder import points_text, scores_up_to, written
from evaluation.criteria.models import CriteriaSet, EvidenceRule, Indicator
from intake.upload import UploadForm
from interface.fields import LinesField
from interface.vietnamese import nfc
from learning.evidence.kinds import KINDS, choices
from membership.choosing import UnitChoiceField
from membership.models import TargetGroup, Unit, UnitKind, User
from membership.policy import Action, reach
from membership.querysets import UnitQuerySet


class NewVersionForm(forms.Form):
    version = forms.CharField(label=_("Version"), max_length=20)
    valid_from = forms.DateField(
        label=pgettext_lazy("criteria set", "In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    group = forms.ChoiceField(
        choices=[("", _("As the set you start from")), *TargetGroup.choices],
        required=False,
        label=_("Target group"),
        help_text=_("Only where you start from a frame: the group whose set you draft."),
    )
    unit = UnitChoiceField(
        required=False,
        label=_("For a locality"),
        help_text=_("Empty: for the same unit as the version you start from."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(_localities(user))  # type: ignore[attr-defined]


class CriteriaSetForm(WagtailAdminModelForm):
    """In the back office, where Wagtail would list every unit there ever was."""

    unit = UnitChoiceField(
        required=False, label=_("Unit"), empty_label=_("The whole country"), help_text=_("Empty: the whole country.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Unit.objects.filter(pk=self.instance.unit_id)
        self.fields["unit"].offer(_localities(self.for_user) | own)


class RuleForm(forms.ModelForm):
    """One rule. The score is asked as teachers write it, from 0 to 10."""

    least_score = forms.DecimalField(
        label=_("Least score"),
        help_text=_("From 0 to 10. Empty: any score, also none."),
        required=False,
        min_value=0,
        max_value=10,
        decimal_places=2,
    )

    class Meta:
        model = EvidenceRule
        fields = ["kind", "points", "cap", "topic", "topic_name", "issuer", "page_key", "least_score",
                  "least_verification", "date_from", "date_to", "within_days"]  # fmt: skip
        labels = {
            "topic": _("On the topic"),
            "page_key": _("Of one page alone"),
            "least_verification": _("Checked at least so far"),
            "cap": _("At most from this rule"),
        }
        help_texts = {
            "topic": _("The topic's short name, as the coverage page lists it. Empty: any topic."),
            "page_key": _("The key of a course or material, as the coverage page lists it. Empty: any page."),
            "within_days": _("For what must be recent. Empty: the whole year."),
        }
        widgets = {
            "date_from": forms.DateInput(attrs={"type": "date"}),
            "date_to": forms.DateInput(attrs={"type": "date"}),
            "topic": forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.least_score is not None:
            self.initial["least_score"] = written(self.instance.least_score * 10)

    def clean(self) -> dict[str, Any]:
        """Says at the field what the database would refuse."""
        given = super().clean() or {}
        points, cap = given.get("points"), given.get("cap")
        first, last = given.get("date_from"), given.get("date_to")
        if points is not None and points <= 0:
            self.add_error("points", _("A rule gives more than 0 points."))
        elif points is not None and cap is not None and cap < points:
            self.add_error("cap", _("At least the points that one piece of evidence gives."))
        if first and last and last < first:
            self.add_error("date_to", _("The last day comes before the first."))
        return given

    def clean_least_score(self) -> Any:
        score = self.cleaned_data["least_score"]
        return None if score is None else score / 10

    def clean_issuer(self) -> str:
        return nfc(self.cleaned_data["issuer"])


class CapsForm(forms.Form):
    """What evidence may give at most on one indicator: in all, and by kinds."""

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = partial(forms.DecimalField, required=False, min_value=0, max_value=indicator.maximum, decimal_places=1)
        self.fields["evidence_cap"] = points(
            label=_("All evidence together"),
            help_text=_("Empty: up to the maximum."),
            initial=indicator.evidence_cap,
        )
        standing = {cap.kind: cap.cap for cap in indicator.kind_caps.all()}
        for key, label in choices():
            self.fields[key] = points(label=str(label), initial=standing.get(key))

    @property
    def kind_caps(self) -> dict[str, Any]:
        return {key: cap for key in KINDS if (cap := self.cleaned_data[key]) is not None}


class AnchorsForm(forms.Form):
    """What the scores of one indicator look like: those that are told already, and those that most sets tell."""

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {anchor.points: anchor.text for anchor in indicator.anchors.all()}
        most, criteria = indicator.maximum, indicator.criteria_set
        usual = {Decimal(0), criteria.floor, round(most * 8 / 10, 1), most}
        self.points = sorted(told.keys() | (usual & set(scores_up_to(most, criteria.step))))
        for points in self.points:
            self.fields[self._name(points)] = LinesField(
                label=_("%(points)s points") % {"points": points_text(points)},
                required=False,
                max_length=2000,
                initial=told.get(points, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def texts(self) -> dict[Decimal, str]:
        return {points: nfc(self.cleaned_data[self._name(points)]) for points in self.points}

    @staticmethod
    def _name(points: Decimal) -> str:
        return f"at-{written(points)}"


class HoldsForm(forms.Form):
    """Whose criteria, and on which day."""

    group = forms.ChoiceField(choices=TargetGroup.choices, label=_("Target group"))
    unit = UnitChoiceField(label=_("Unit"))
    day = forms.DateField(label=_("On the day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [UnitKind.PROVINCE, UnitKind.COMMUNE, UnitKind.AGENCY, UnitKind.SCHOOL]
        places = Unit.objects.filter(reach(user, Action.MANAGE_CRITERIA), kind__in=kinds, valid_to=None)
        self.fields["unit"].offer(places)  # type: ignore[attr-defined]


class PassRuleForm(forms.ModelForm):
    """The numbers of a draft's pass rule, its name and its first day."""

    class Meta:
        model = CriteriaSet
        fields = ["name", "version", "valid_from", "threshold", "floor", "step"]
        widgets = {"valid_from": forms.DateInput(attrs={"type": "date"})}

    def clean(self) -> dict[str, Any]:
        """Says at the field what the database would refuse."""
        given = super().clean() or {}
        for name in ("threshold", "floor"):
            if given.get(name) is not None and given[name] < 0:
                self.add_error(name, _("Points are never below 0."))
        if given.get("step") is not None and given["step"] <= 0:
            self.add_error("step", _("A step is more than 0 points."))
        same = CriteriaSet.objects.filter(
            name=given.get("name"), version=given.get("version"), group=self.instance.group
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("version", _("Version %(version)s exists already.") % {"version": given["version"]})
        return given


class FileForm(UploadForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A CASE package (.json) or a workbook (.xlsx) such as this site exports."),
        widget=forms.FileInput(attrs={"accept": ".json,.xlsx"}),
    )
    version = forms.CharField(
        label=_("Version"),
        max_length=20,
        required=False,
        help_text=_("Empty: as the file says. Another one where that version stands here already."),
    )

    def details(self) -> dict[str, Any]:
        return {"version": self.cleaned_data["version"]}


def _localities(user: User) -> UnitQuerySet:
    places = Unit.objects.filter(valid_to=None, kind__in=[UnitKind.PROVINCE, UnitKind.COMMUNE])
    return places.filter(reach(user, Action.MANAGE_CRITERIA))
