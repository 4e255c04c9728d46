"""OpenDocument text, by odfdo."""

from collections.abc import Iterator

from odfdo import Document


def read(path: str) -> Iterator[str]:
    for part in Document(path).body.get_elements("//text:p | //text:h"):
        yield part.text_recursive
