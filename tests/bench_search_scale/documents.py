"""A generated library: words as seldom and as common as in real text (Zipf), in Vietnamese spelling."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator

from django.utils import timezone

from search.contract import AUDIENCE, INDICATOR, ISSUER, KIND, LENGTH, TOPIC, TYPE, YEAR
from search.models import SearchDocument

WORDS = 200
VOCABULARY = 12_000
_ONSETS = "b c ch d đ g gh h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()  # noqa: SIM905
_RHYMES = (  # noqa: SIM905
    "a á à ả ã ạ an án ang áng anh ánh ạnh ao áo âm ấm ân ấn ất ây ấy e é en ên ến êu i í in ính o ó oa oan "
    "ông ống ơ ớ ơi ới u ú ung ương ường ước ưu y ý iên iến yêu uyên"
).split()


def words() -> list[str]:
    """The commonest first; after all the syllables come words of two written as one, as names and loans are."""
    chance = random.Random(6)
    single = [onset + rhyme for onset in _ONSETS for rhyme in _RHYMES]
    chance.shuffle(single)
    double = [first + second for first, second in itertools.product(single[:120], single[120:240])]
    chance.shuffle(double)
    return (single + double)[:VOCABULARY]


def generate(size: int) -> Iterator[SearchDocument]:
    chance = random.Random(4742)
    known = words()
    weights = list(itertools.accumulate(1 / (place + 12) ** 0.95 for place in range(len(known))))
    now = timezone.now()
    issuers = [f"Cơ quan số {number}" for number in range(30)]
    for number in range(size):
        text = chance.choices(known, cum_weights=weights, k=WORDS)
        date = datetime.date(2020 + number % 7, 1 + number % 12, 1 + number % 28)
        facets = {
            KIND: [chance.choice(["tai-lieu", "khoa-hoc", "bai-hoc", "trang"])],
            TYPE: [chance.choice(["guide", "news", "handbook", "legal_document", "form", "video"])],
            TOPIC: chance.sample([f"chu-de-{one}" for one in range(20)], 2),
            AUDIENCE: [chance.choice(["everyone", "residents", "workers", "officials", "students"])],
            INDICATOR: [str(chance.randint(1, 10))],
            YEAR: [str(date.year)],
            ISSUER: [chance.choice(issuers)],
            LENGTH: [chance.choice(["5", "15", "30", "60", "dai"])],
        }
        yield SearchDocument(
            key=f"bench:{number}",
            kind=facets[KIND][0],
            object_id=str(number),
            scope="login" if number % 10 == 0 else "public",
            url=f"/bench/{number}/",
            title=" ".join(text[:8]),
            summary=" ".join(text[8:28]),
            body=" ".join(text[28:]),
            numbers=[f"{number}|{date.year}|qd|ubnd"],
            facets=facets,
            minutes=5,
            date=date,
            popularity=chance.randint(0, 500),
            fingerprint="",
            indexed_at=now,
        )
