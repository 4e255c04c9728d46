"""The index: fields, and an analysis of built-in parts.

What is sent was written by ``language.normalise`` (tones in one place, y as i where either is written), so Lucene has
only to part, lower and fold; its ASCII folding takes đ to d. Where the ICU plugin is installed, its tokenizer and
folding are used: they know more scripts.
"""

from typing import Any

from elasticsearch.dsl import analyzer, token_filter, tokenizer

from search.contract import FACETS

# Field and its weight, as ranking in the database has them.
FIELDS = (("title", 3.0), ("summary", 1.6), ("body", 1.0))


def settings(*, has_icu: bool) -> dict[str, Any]:
    analysis: dict[str, Any] = {}
    for one in _analyzers(has_icu=has_icu):
        for part, definition in one.get_analysis_definition().items():
            analysis.setdefault(part, {}).update(definition)
    return {"analysis": analysis, "number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "1s"}


def mappings() -> dict[str, Any]:
    text = {
        "type": "text",
        "analyzer": "vi_toned",
        "fields": {
            "folded": {"type": "text", "analyzer": "vi_folded"},
            "pairs": {"type": "text", "analyzer": "vi_pairs", "norms": False},
        },
    }
    facets = {field_of(name): {"type": "keyword"} for name in FACETS}
    plain = {
        "pk": {"type": "long"},
        "scope": {"type": "keyword"},
        "numbers": {"type": "keyword"},
        "date": {"type": "date"},
        "popularity": {"type": "integer"},
    }
    return {"dynamic": "strict", "properties": {**{name: text for name, _weight in FIELDS}, **facets, **plain}}


def field_of(facet: str) -> str:
    return f"facet_{facet.replace('-', '_')}"


def _analyzers(*, has_icu: bool) -> list[Any]:
    parting = tokenizer("icu_tokenizer") if has_icu else tokenizer("standard")
    folding = "icu_folding" if has_icu else "asciifolding"
    pairs = token_filter("vi_row", type="shingle", min_shingle_size=2, max_shingle_size=2, output_unigrams=False)
    return [
        analyzer("vi_toned", tokenizer=parting, filter=["lowercase"]),
        analyzer("vi_folded", tokenizer=parting, filter=["lowercase", folding]),
        analyzer("vi_pairs", tokenizer=parting, filter=["lowercase", folding, pairs]),
    ]
