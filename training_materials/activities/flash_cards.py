"""Cards to turn. Learners say themselves whether they knew one; those they did not come back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from training_materials.activities.content import Activity, Picture, Score, UnreadableResponseError, pairs

LONGEST_STORY = 2000


@dataclass(frozen=True)
class Card:
    front: str
    back: str
    picture: Picture | None = None


@dataclass(frozen=True)
class FlashCards(Activity):
    cards: tuple[Card, ...]
    introduction: str = ""

    machine_name = "LearningCitizen.FlashCards"

    @property
    def is_empty(self) -> bool:
        return not self.cards

    def problems(self) -> list[str]:
        return [
            _("Card %(number)d: write what stands on its front and on its back.") % {"number": number}
            for number, card in enumerate(self.cards, start=1)
            if not (card.front and card.back)
        ]

    def score(self, response: str) -> Score:
        """From ``card[.]1`` (known) or ``card[.]0`` for cards that were turned. Cards come in any order, since two tabs
        may have turned different ones; one that is known comes no more.

        Raises UnreadableResponseError for a story that the pile could not have told.
        """
        said = pairs(response)
        if len(said) > LONGEST_STORY:
            raise UnreadableResponseError("too long")
        waiting = set(range(len(self.cards)))
        for number, is_known in said:
            if number not in waiting or is_known not in (0, 1):
                raise UnreadableResponseError(f"{number} was not in the pile")
            if is_known:
                waiting.remove(number)
        return Score(len(self.cards) - len(waiting), len(self.cards))
