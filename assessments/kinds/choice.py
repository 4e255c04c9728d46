"""Single and multiple choice. An answer names options by their place in the shown order."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from assessments.bank.media import LONGEST_ALT
from assessments.kinds.base import Answer, Body, Marked, Order, mark_share
from assessments.kinds.checks import demand_different, moved, parts_of, place_from_form, place_in, refuse, text_of
from assessments.kinds.parts import PartsField


@dataclass(frozen=True)
class Option:
    text: str
    is_correct: bool


@dataclass(frozen=True)
class Choice(Body):
    options: tuple[Option, ...]

    template = "assessments/questions/choice.html"
    main_field = "options"
    has_own_words = False
    is_counted_by_line = True
    can_keep_order = True
    input_type: ClassVar[str]

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        parts = [part if isinstance(part, Mapping) else {} for part in parts_of(body, "options", 2)]
        options = tuple(Option(text_of(part.get("text")), part.get("is_correct") is True) for part in parts)
        demand_different([option.text for option in options])
        cls.check_right_count(sum(option.is_correct for option in options))
        return cls(options)

    @staticmethod
    @abstractmethod
    def check_right_count(count: int) -> None:
        """Raises ValidationError if a question of the kind cannot have so many right options."""

    def shuffle(self, rng: Random) -> Order:
        return rng.sample(range(len(self.options)), len(self.options))

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        chosen = set(self._places(answer))
        options = [
            {"value": str(place), "text": self.options[index].text, "is_chosen": place in chosen}
            for place, index in enumerate(order)
        ]
        return {"input_type": self.input_type, "options": options}

    def offered(self) -> list[str]:
        return sorted(option.text for option in self.options)

    def carried(self, asked: Self, order: Order) -> Order | None:
        return moved(order, [option.text for option in asked.options], [option.text for option in self.options])

    def right_answer(self) -> list[str]:
        return [option.text for option in self.options if option.is_correct]

    def describe(self, answer: Answer, order: Order) -> list[str]:
        return [self.options[order[place]].text for place in self._places(answer)]

    def _places(self, answer: Answer) -> list[int]:
        if answer is None:
            return []
        return answer if isinstance(answer, list) else [answer]


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=gettext_lazy("Option"), required=False, max_length=500)
    is_correct = blocks.BooleanBlock(label=gettext_lazy("This one is right"), required=False)
    picture = ImageChooserBlock(label=gettext_lazy("Picture"), required=False)
    picture_alt = blocks.CharBlock(
        label=gettext_lazy("What the picture shows, in words"), required=False, max_length=LONGEST_ALT
    )
    sound = DocumentChooserBlock(label=gettext_lazy("Sound"), required=False)
    sound_alt = blocks.CharBlock(label=gettext_lazy("What is heard, in words"), required=False, max_length=LONGEST_ALT)

    class Meta:
        label = gettext_lazy("Option")
        form_layout = blocks.BlockGroup(
            children=["text", "is_correct"], settings=["picture", "picture_alt", "sound", "sound_alt"]
        )


class OptionsField(PartsField):
    """Options with pictures and sounds: on the way out each is the number of the chosen file."""

    def clean(self, value: Any) -> list[Any]:
        return [
            part | {name: getattr(part.get(name), "pk", None) for name in ("picture", "sound")}
            for part in super().clean(value)
        ]


class SingleChoice(Choice):
    key, label, control = "single_choice", gettext_lazy("Single choice"), "place"
    rule = gettext_lazy("Choose one answer. The right one earns the whole point.")
    is_counted_as_usual = True
    input_type = "radio"
    form_fields = {
        "options": OptionsField(
            OptionBlock(),
            4,
            label=gettext_lazy("Options"),
            help_text=gettext_lazy(
                "Tick the one that is right. Learners see them shuffled. "
                "The cog beside an option adds a picture or a sound to it."
            ),
        )
    }

    @staticmethod
    def check_right_count(count: int) -> None:
        if count != 1:
            raise ValidationError(_("Mark exactly one option as right."))

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        return mark_share(int(self.options[order[answer]].is_correct), 1)

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        return None if raw is None else place_in(raw, len(order))

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        return place_from_form(form.get(name, ""))


class MultipleChoice(Choice):
    key, label, control = "multiple_choice", gettext_lazy("Multiple choice"), "places"
    rule = gettext_lazy(
        "Choose every right answer. Each right choice earns its share of the point, each wrong choice takes one "
        "share away; the result is never below zero."
    )
    input_type = "checkbox"
    form_fields = {
        "options": OptionsField(
            OptionBlock(),
            5,
            label=gettext_lazy("Options"),
            help_text=gettext_lazy(
                "Tick every one that is right. A right pick earns its share of the point, a wrong one takes a share "
                "away. The cog beside an option adds a picture or a sound to it."
            ),
        )
    }

    @staticmethod
    def check_right_count(count: int) -> None:
        if count < 1:
            raise ValidationError(_("Mark at least one option as right."))

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        chosen = [self.options[order[place]].is_correct for place in answer]
        right = chosen.count(True)
        return mark_share(right - (len(chosen) - right), sum(option.is_correct for option in self.options))

    def reason_of_part(self, marked: Marked, answer: Answer, order: Order) -> str:
        chosen = [self.options[order[place]].is_correct for place in answer]
        values = {
            "right": chosen.count(True),
            "wrong": chosen.count(False),
            "all": sum(option.is_correct for option in self.options),
        }
        if values["wrong"]:
            message = _("Right choices: %(right)d of %(all)d. Wrong choices: %(wrong)d, each takes one share away.")
        else:
            message = _("Right choices: %(right)d of %(all)d. Each earns its share.")
        return message % values

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        if raw is None:
            return None
        if not isinstance(raw, list):
            raise refuse()
        return sorted({place_in(place, len(order)) for place in raw}) or None

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        return [place_from_form(text) for text in form.getlist(name)]
