"""Any order, loss and repetition of deliveries ends as the plain run does; marking is fair whatever is given."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from assessments import actions
from assessments.actions import Given
from assessments.kinds.choice import MultipleChoice, Option
from assessments.models import Response

POSITION = 3
TEXTS = some.lists(some.sampled_from(["một", "hai", "ba", "bốn", None]), min_size=1, max_size=6)


class _UndoneError(Exception):
    """Takes back what an example wrote."""


@pytest.fixture
def attempt(classroom):
    begun = classroom.begin()
    Response.objects.filter(attempt=begun, version__kind="short_text").update(position=99)
    Response.objects.filter(attempt=begun, position=POSITION).update(position=98)
    Response.objects.filter(attempt=begun, position=99).update(position=POSITION)
    return begun


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=TEXTS, data=some.data())
def test_deliveries_in_any_order_lost_and_repeated_end_as_the_plain_run(classroom, attempt, texts, data):
    made = [Given(POSITION, text, number) for number, text in enumerate(texts, start=1)]
    plain = _stored_after(classroom, attempt, [[one] for one in made])
    drawn = data.draw(some.lists(some.sampled_from(made), max_size=10))
    batches = [drawn[:2], drawn[2:4], *[[one] for one in drawn[4:]]]
    wild = [batch for batch in data.draw(some.permutations([*batches, [made[-1]]])) if batch]
    assert _stored_after(classroom, attempt, wild) == plain


def _stored_after(classroom, attempt, batches):
    stored = None
    try:
        with transaction.atomic():
            for batch in batches:
                actions.answer_all(attempt=attempt, given=batch, by=classroom.an, at=timezone.now())
            stored = attempt.responses.values_list("answer", "sequence").get(position=POSITION)
            raise _UndoneError
    except _UndoneError:
        return stored


@some.composite
def _choices(draw):
    rights = draw(some.lists(some.booleans(), min_size=2, max_size=8).filter(any))
    body = MultipleChoice(tuple(Option(str(place), right) for place, right in enumerate(rights)))
    order = draw(some.permutations(range(len(rights))))
    chosen = draw(some.sets(some.sampled_from(range(len(rights))), min_size=1))
    return body, order, sorted(chosen)


@given(_choices())
def test_marking_is_deterministic_bounded_and_never_better_for_a_wrong_option_more(question):
    body, order, chosen = question
    marked = body.mark(chosen, order)
    assert marked == body.mark(chosen, order)
    assert Decimal(0) <= marked.points <= Decimal(1)
    for place, index in enumerate(order):
        if place not in chosen and not body.options[index].is_correct:
            assert body.mark(sorted([*chosen, place]), order).points <= marked.points
