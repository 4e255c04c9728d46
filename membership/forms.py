"""What people fill in about themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.vietnamese import fold
from membership.actions import keep_sign_up
from membership.age import FIRST_BIRTH_YEAR, TOO_YOUNG, Signatures, is_old_enough, is_possible_birth
from membership.choosing import UnitChoiceField
from membership.likeness.everybody import Everybody
from membership.likeness.records import record_of
from membership.models import LONGEST_NAME, ConsentText, Person, Unit, UnitKind, User
from membership.querysets import UnitQuerySet

# What makes a password good, not only what is refused.
GOOD_PASSWORD = _(
    "At least 8 characters. Three or four words that do not belong together are long, easy to remember and "
    "hard to guess; spaces and accents are welcome."
)


_ON_RECORD = _(
    "The association of this commune may have a record of you already. Ask its officer for a slip: its code opens that "
    "record with all that is in it. If you go on, the slip joins the two later."
)


def _may_be_on_record(full_name: str, birth_year: int, commune: Unit) -> bool:
    coming = record_of(0, fold(full_name), year=birth_year, place=commune.pk)
    return any(Everybody(timezone.localdate()).like([coming]))


class SignUpForm(forms.Form):
    """What allauth's own form (e-mail, password) is extended by."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=LONGEST_NAME,
        help_text=_("As on official papers, with accents."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth_year = forms.IntegerField(
        label=_("Birth year"),
        required=False,
        help_text=_("Four figures, for example 1962. It helps to tell you from someone of the same name."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
    )
    commune = UnitChoiceField(
        suggests=False,
        label=_("Commune or ward where you live"),
        help_text=_("You will be listed with its learning promotion association; an officer there confirms it later."),
    )
    is_old_enough = forms.BooleanField(
        label=_("I am 16 or older"),
        error_messages={"required": TOO_YOUNG},
    )

    field_order = ["full_name", "birth_year", "commune", "email", "password1", "is_old_enough"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        commune: Any = self.fields["commune"]
        commune.offer(Unit.objects.on(timezone.localdate()).filter(kind=UnitKind.COMMUNE))

    def clean(self) -> dict[str, Any]:
        """Whoever tells a name, year and commune that are on record already hears of slips first, and nothing else."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_told = all(cleaned.get(name) for name in ("full_name", "birth_year", "commune"))
        if is_told and _may_be_on_record(cleaned["full_name"], cleaned["birth_year"], cleaned["commune"]):
            self.fields["is_new_here"] = forms.BooleanField(
                label=_("I have no slip, or am new here"), required=False, help_text=_ON_RECORD
            )
            if not self.data.get("is_new_here"):
                self.add_error("is_new_here", _("There may be a record of you already."))
        return cleaned

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        today = timezone.localdate()
        if year is not None and not is_possible_birth(year, None, today):
            raise ValidationError(_("Enter your birth year in four figures, for example 1962."))
        if year is not None and not is_old_enough(year, None, today):
            raise ValidationError(TOO_YOUNG)
        return year

    def signup(self, request: HttpRequest, user: User) -> None:
        keep_sign_up(
            user=user,
            full_name=self.cleaned_data["full_name"],
            birth_year=self.cleaned_data["birth_year"],
            commune=self.cleaned_data["commune"],
            at=timezone.now(),
        )


class SlipForm(forms.Form):
    """The two halves of a proof. What is wrong with either as such is told; whether they fit is the action's to say."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        help_text=_("Twelve letters and figures. Capitals and dashes do not matter."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-slip-code": "",
            }
        ),
    )
    birth_year = forms.IntegerField(
        label=_("Birth year"),
        min_value=FIRST_BIRTH_YEAR,
        max_value=2100,
        help_text=_("Four figures, for example 1962."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year", "data-slip-year": ""}),
    )


class SlipPasswordForm(forms.Form):
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        known = User(username=self._person.code, first_name=self._person.full_name)
        validate_password(password, known)
        return password


_BOX = "text-"


def box_of(text: ConsentText) -> str:
    """The name of the box says which version was read."""
    return f"{_BOX}{text.purpose}-{text.pk}"


class ConsentTextsForm(forms.Form):
    """A box for each text, none ticked. What was ticked of a version that is asked for no longer counts for none."""

    def __init__(self, *args: Any, texts: Iterable[ConsentText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._texts = list(texts)
        for text in self._texts:
            self.fields[box_of(text)] = self.box(text)

    def box(self, text: ConsentText) -> forms.BooleanField:
        raise NotImplementedError

    @property
    def asked(self) -> list[tuple[ConsentText, forms.BoundField]]:
        return [(text, self[box_of(text)]) for text in self._texts]

    @property
    def accepted(self) -> list[ConsentText]:
        return [text for text in self._texts if self.cleaned_data.get(box_of(text))]

    def clean(self) -> dict[str, Any]:
        if any(name.startswith(_BOX) and name not in self.fields for name in self.data):
            raise ValidationError(_("What you are asked has changed meanwhile. Please read it and decide."))
        return super().clean() or self.cleaned_data


class ConsentForm(ConsentTextsForm):
    """What one agrees to on the site; a child's parent or guardian agrees with them."""

    representative = forms.CharField(
        label=_("Full name of your parent or guardian"),
        max_length=LONGEST_NAME,
        help_text=_("You are under 16: read this together. They agree as well, with their name."),
        error_messages={"required": _("Your parent or guardian agrees as well: enter their full name.")},
    )
    is_represented = forms.BooleanField(
        label=_("I am the parent or guardian and agree as well."),
        error_messages={"required": _("Your parent or guardian ticks this box.")},
    )

    def __init__(self, *args: Any, is_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_child:
            del self.fields["representative"], self.fields["is_represented"]

    def box(self, text: ConsentText) -> forms.BooleanField:
        required = _("Tick the box to agree. Without your agreement we cannot keep your results.")
        about = text.about
        return forms.BooleanField(
            label=str(about.accepts), required=about.is_needed, error_messages={"required": required}
        )


class PaperConsentForm(ConsentTextsForm):
    """What an officer saw signed: by whom, and on which day."""

    signed_on = forms.DateField(
        label=_("Signed on"),
        help_text=_("The day that stands on the paper."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    has_signed = forms.BooleanField(
        label=_("The person signed themselves"), error_messages={"required": _("Without this signature it is none.")}
    )
    representative = forms.CharField(label=_("Full name of the parent or guardian"), max_length=LONGEST_NAME)
    is_represented = forms.BooleanField(
        label=_("The parent or guardian signed"), error_messages={"required": _("Without this signature it is none.")}
    )

    def __init__(self, *args: Any, signatures: Signatures, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not signatures.own:
            del self.fields["has_signed"]
        if not signatures.representative:
            del self.fields["representative"], self.fields["is_represented"]

    def box(self, text: ConsentText) -> forms.BooleanField:
        label = _("%(purpose)s (version %(version)s)") % {"purpose": text.about.title, "version": text.version}
        return forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.accepted:
            raise ValidationError(_("Tick what was ticked on the paper."))
        return cleaned

    @property
    def signed(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(_BOX)]

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        cleaned = self.cleaned_data
        representative = cleaned.get("representative", "")
        return {"texts": self.accepted, "signed_on": cleaned["signed_on"], "representative": representative}


class ChapterForm(forms.Form):
    chapter = UnitChoiceField(
        suggests=False,
        label=_("Your chapter"),
        help_text=_("Its officer sees your name and birth year and confirms that you belong there."),
    )

    def __init__(self, *args: Any, chapters: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].offer(chapters)  # type: ignore[attr-defined]


class ErasureForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        help_text=_("It stands on your account page. Typing it makes sure that this is no slip."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).upper()
        if code != self._person.code.upper():
            raise ValidationError(_("This is not your code. Look at it again on your account page."))
        return code
