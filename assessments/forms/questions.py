"""The form of a question, as trainers fill it in. What they say is checked by its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import new_class
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from assessments.bank.media import LONGEST_ALT, is_sound
from assessments.forms.pools import PoolField
from assessments.kinds import KINDS, body_from_plain
from assessments.kinds.parts import PartsField
from assessments.models import Figure, Question, QuestionVersion
from interface.fields import LinesField
from training_materials.blocks.bodies import anchor, headings

_MEDIA = ("picture", "picture_alt", "sound", "sound_alt")
CHOOSERS = ("picture", "sound")


class QuestionForm(WagtailAdminModelForm):
    """The part that all kinds share; ``form_of`` adds what the kind asks for."""

    kind: str
    main_field: str

    prompt = LinesField(
        label=_("Question"),
        widget=AdminAutoHeightTextInput,
        max_length=2000,
        help_text=_("Ask one thing, in plain words. A person who has read the lessons can answer it."),
    )
    picture = forms.ModelChoiceField(
        label=_("Picture"), queryset=get_image_model().objects.all(), widget=AdminImageChooser, required=False
    )
    picture_alt = forms.CharField(
        label=_("What the picture shows, in words"),
        max_length=LONGEST_ALT,
        required=False,
        help_text=_("Required with a picture: for who does not see it. Do not give the answer away."),
    )
    sound = forms.ModelChoiceField(
        label=_("Sound"), queryset=get_document_model().objects.all(), widget=AdminDocumentChooser, required=False
    )
    sound_alt = forms.CharField(
        label=_("What is heard, in words"),
        max_length=LONGEST_ALT,
        required=False,
        help_text=_("Required with a sound (mp3, ogg, m4a or wav): for who does not hear it."),
    )
    pool = PoolField(help_text=_("A question in a pool is asked by quizzes of that course alone."))
    feedback = LinesField(
        label=_("Explanation"),
        widget=AdminAutoHeightTextInput,
        max_length=2000,
        required=False,
        help_text=_("Shown after handing in, where the quiz allows it: why the right answer is right."),
    )

    class Meta:
        model = Question
        fields = ["topic", "pool", "difficulty", "audience", "lesson", "heading"]
        help_texts = {"topic": _("Quizzes draw questions by topic.")}

    def __init__(
        self, *args: Any, version: QuestionVersion | None = None, is_draft: bool = False, **kwargs: Any
    ) -> None:
        self.is_draft = is_draft
        if version is not None:
            kwargs["initial"] = self._initial_of(version) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._with_counts(self.data)  # type: ignore[has-type]
        if is_draft:
            for name in self.body_names:
                self.fields[name].required = False

    def _with_counts(self, data: Any) -> Any:
        """A preview may be asked for before the page's script has drawn the lists."""
        lists = [name for name, field in self.fields.items() if isinstance(field, PartsField)]
        missing = {f"{name}-count": ["0"] for name in lists if f"{name}-count" not in data}
        return MultiValueDict({**missing, **dict(data.lists())}) if missing else data

    @property
    def body_names(self) -> list[str]:
        """What belongs to the kind alone."""
        shared = ("prompt", "feedback", *_MEDIA, *self._meta.fields)
        return [name for name in self.fields if name not in shared]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_draft:
            cleaned["body"] = {name: _plain(cleaned.get(name)) for name in (*self.body_names, *_MEDIA)}
        elif self.main_field in cleaned:
            try:
                cleaned["body"] = body_from_plain(self.kind, cleaned)
            except ValidationError as error:
                self.add_error(self.main_field, error)
        return self._with_sources(cleaned)

    def clean_heading(self) -> str:
        """As the lesson writes it; whoever mistypes it reads which there are."""
        heading: str = self.cleaned_data["heading"].strip()
        lesson = self.cleaned_data.get("lesson")
        there = {anchor: text for text, anchor in headings(lesson.body)} if lesson else {}
        if not heading or anchor(heading) in there:
            return there.get(anchor(heading), "")
        if not there:
            raise ValidationError(gettext("Choose a lesson that has headings, or leave this empty."))
        message = gettext("The lesson has no such heading. It has: %(headings)s.")
        raise ValidationError(message % {"headings": "; ".join(f"“{text}”" for text in there.values())})

    def _with_sources(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        try:
            cleaned["sources"] = [] if self.is_draft else sources_in(cleaned)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned

    def _initial_of(self, version: QuestionVersion) -> dict[str, Any]:
        body = (
            version.body | initial_of(version.media, version.body.get("options", [])) if version.media else version.body
        )
        held = {name: value for name, value in body.items() if name in self.base_fields}
        values = {name: self._initial_part(name, value) for name, value in held.items()}
        return values | {"prompt": version.prompt, "feedback": version.feedback}

    def _initial_part(self, name: str, value: Any) -> Any:
        field = self.base_fields[name]
        to_initial = getattr(field, "to_initial", None)
        return to_initial(value) if to_initial else value


@dataclass(frozen=True)
class Source:
    """A chosen image or document, the words instead of it, and beside which option it stands."""

    chooser: str
    file: Any
    alt: str
    place: int | None


def sources_in(cleaned: Mapping[str, Any]) -> list[Source]:
    """Raises ValidationError, by the name of the field, where the words are missing."""
    beside = [(None, cleaned), *enumerate(cleaned.get("options") or [])]
    found = [
        (chooser, part[chooser], str(part.get(f"{chooser}_alt") or "").strip(), place)
        for place, part in beside
        for chooser in CHOOSERS
        if isinstance(part, Mapping) and part.get(chooser)
    ]
    if wordless := dict(_asked_for(chooser, place) for chooser, _file, alt, place in reversed(found) if not alt):
        raise ValidationError(wordless)
    return [Source(chooser, _file_of(chooser, file), alt, place) for chooser, file, alt, place in found]


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


@cache
def form_of(kind: str) -> type[QuestionForm]:
    """Raises KeyError if there is no such kind."""
    body = KINDS[kind]
    order = ["topic", "pool", "prompt", *body.form_fields, "feedback", *_MEDIA]
    about = {"kind": kind, "main_field": body.main_field, "field_order": order}
    return new_class(f"{body.__name__}Form", (QuestionForm,), {}, lambda named: named.update(about, **body.form_fields))


def _asked_for(chooser: str, place: int | None) -> tuple[str, str]:
    """The field where the words are missing, and what to do; those of an option are folded away behind its cog."""
    if place is None:
        return f"{chooser}_alt", gettext("Say in words what the picture shows or what is heard: not everybody can.")
    asked = gettext("Option %(number)s, behind the cog: say in words what the picture shows or what is heard.")
    return "options", asked % {"number": place + 1}


def _file_of(chooser: str, file: Any) -> Any:
    """Options name their files by number."""
    if not isinstance(file, int):
        return file
    model = get_image_model() if chooser == "picture" else get_document_model()
    return model.objects.get(pk=file)


def initial_of(media: Iterable[Mapping[str, Any]], options: list[dict[str, Any]]) -> dict[str, Any]:
    """What the choosers show for a version; one whose file is gone is left for the trainer to choose anew."""
    kept = list(media)
    figures = {each.name: each for each in Figure.objects.filter(name__in=[one["name"] for one in kept])}
    beside: dict[int | None, dict[str, Any]] = {}
    for one in kept:
        chooser = "sound" if is_sound(one["name"]) else "picture"
        figure = figures.get(one["name"])
        file = (figure.document_id if chooser == "sound" else figure.image_id) if figure else None
        beside.setdefault(one["place"], {}).update({chooser: file, f"{chooser}_alt": one["alt"]})
    initial = beside.get(None, {})
    if options:
        initial = initial | {"options": [option | beside.get(place, {}) for place, option in enumerate(options)]}
    return initial


def previewed(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """For a preview, in which nothing is copied."""
    return [
        {
            "name": "preview.webp" if source.chooser == "picture" else "preview.mp3",
            "alt": source.alt,
            "place": source.place,
            "address": (source.file.get_rendition("max-1200x1200") if source.chooser == "picture" else source.file).url,
        }
        for source in sources
    ]
