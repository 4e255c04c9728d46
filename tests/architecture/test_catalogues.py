"""At run time all catalogues are one: of two translations of the same words only one would ever be read."""

from collections import defaultdict

from babel.messages.pofile import read_po

from config import REPOSITORY
from home.catalogues import catalogue_paths


def test_the_same_words_are_translated_the_same_way_everywhere():
    """Where they mean something else, a context (``pgettext``) tells them apart."""
    found = defaultdict(lambda: defaultdict(list))
    for path in catalogue_paths():
        if path.name != "django.po":
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                if message.id and message.string:
                    words = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string if isinstance(message.string, str) else message.string[0]
                    found[message.context, words][text].append(str(path.relative_to(REPOSITORY)))
    assert {key: dict(texts) for key, texts in found.items() if len(texts) > 1} == {}
