"""From a request to Elasticsearch's query language. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search

from search.contract import (
    ASIDE,
    ASIDE_WEIGHT,
    FACETS,
    INDICATOR,
    KIND,
    TYPE,
    Alternative,
    Clause,
    Phrase,
    SearchRequest,
)
from search.engines.elastic.analysis import FIELDS, field_of
from search.indexing.analysis import number_term

_NUMBERED = 1_000.0
_AS_TYPED = 4.0
_LIFT = 4.0  # its scores are about twice those of our own ranking
_VALUES = 500  # of a facet, at most


def search_of(request: SearchRequest, scopes: Collection[str], *, least: int | None = None) -> Search:
    """``least``: how many of the required clauses will do; all, if not said. Filters come after the facets' counts."""
    search = Search().query(_scored(request, scopes, least)).source(["pk"]).extra(track_total_hits=True)
    kept = [_filter(name, values) for name, values in request.filters.items() if values]
    if kept:
        search = search.post_filter("bool", filter=kept)
    if request.want_facets:
        for name in FACETS:
            others = [_filter(other, values) for other, values in request.filters.items() if values and other != name]
            under = A("filter", filter=Q("bool", filter=others) if others else Q("match_all"))
            under.bucket("values", "terms", field=field_of(name), size=_VALUES)
            search.aggs.bucket(name, under)
    return search[request.offset : request.offset + request.limit]


def suggestion_of(words: Sequence[str], scopes: Collection[str], limit: int) -> Search:
    """Titles with all the words; the last is the beginning of one."""
    *whole, last = words
    wanted = [Q("match", **{"title.folded": word}) for word in whole]
    wanted.append(Q("bool", should=[Q("prefix", **{"title.folded": last}), Q("match", **{"title.folded": last})]))
    query = Q("bool", must=wanted, filter=[Q("terms", scope=list(scopes))], must_not=[_aside()])
    popular = [{"field_value_factor": {"field": "popularity", "modifier": "log1p", "missing": 0}}]
    scored = Q("function_score", query=query, functions=popular, boost_mode="sum")
    return Search().query(scored).source(["pk"])[0:limit]


def _scored(request: SearchRequest, scopes: Collection[str], least: int | None) -> Any:
    required = [_clause(clause) for clause in request.clauses if clause.is_required]
    optional = [_clause(clause) for clause in request.clauses if not clause.is_required]
    quoted = [_row(phrase.words) for phrase in request.phrases if phrase.is_required]
    wanted = Q("bool", should=required, minimum_should_match=least or len(required)) if required else None
    key = request.document_number
    numbered = Q("constant_score", filter=Q("term", numbers=number_term(key)), boost=_NUMBERED) if key else None
    either = [one for one in (wanted, numbered) if one is not None]
    must = [*quoted, *([Q("bool", should=either, minimum_should_match=1)] if either else [])]
    more = [*optional, *map(_phrase, request.phrases), *_as_typed(request), *_lifts(request.boosts)]
    query = Q("bool", must=must or [Q("match_none")], should=more, filter=[Q("terms", scope=list(scopes))])
    whole = Q("function_score", query=query, functions=_functions(request), score_mode="sum", boost_mode="sum")
    return Q("boosting", positive=whole, negative=_aside(), negative_boost=ASIDE_WEIGHT)


def _aside() -> Any:
    return Q("terms", **{field_of(KIND): sorted(ASIDE)})


def _clause(clause: Clause) -> Any:
    return Q("dis_max", queries=[_alternative(one) for one in clause.alternatives], tie_breaker=0.0)


def _alternative(one: Alternative) -> Any:
    ending = "" if one.is_toned else ".folded"
    kind = "prefix" if one.is_prefix else "match_phrase"
    asked = "value" if one.is_prefix else "query"
    fields = [
        Q(kind, **{f"{name}{ending}": {asked: one.term, "boost": weight * one.weight}}) for name, weight in FIELDS
    ]
    return Q("bool", should=fields, minimum_should_match=1)


def _phrase(phrase: Phrase) -> Any:
    row = " ".join(phrase.words)
    fields = [Q("match_phrase", **{f"{name}.folded": {"query": row, "boost": weight * phrase.weight}})
              for name, weight in FIELDS]  # fmt: skip
    return Q("bool", should=fields)


def _row(words: Sequence[str]) -> Any:
    """Words in a row, looked up as pairs: quicker than positions where the words are common."""
    asked, kind = {"query": " ".join(words)}, "pairs" if len(words) > 1 else "folded"
    more = {"operator": "and"}
    return Q("bool", should=[Q("match", **{f"{name}.{kind}": {**asked, **more}}) for name, _weight in FIELDS],
             minimum_should_match=1)  # fmt: skip


def _as_typed(request: SearchRequest) -> list[Any]:
    """What has every word with the marks that were typed comes before what has the letters only."""
    toned = [[one for one in clause.alternatives if one.is_toned] for clause in request.clauses]
    wanted = [Q("bool", should=[_alternative(one) for one in some], minimum_should_match=1) for some in toned if some]
    return [Q("constant_score", filter=Q("bool", must=wanted), boost=_AS_TYPED)] if wanted else []


def _lifts(boosts: Mapping[str, float]) -> list[Any]:
    return [
        Q("constant_score", filter=Q("term", **{field_of(INDICATOR): number}), boost=_LIFT * lift)
        for number, lift in boosts.items()
        if lift > 0
    ]


def _functions(request: SearchRequest) -> list[dict[str, Any]]:
    functions: list[dict[str, Any]] = [
        {"field_value_factor": {"field": "popularity", "modifier": "log1p", "missing": 0}, "weight": 0.12}
    ]
    if request.today:
        fresh = {"date": {"origin": request.today.isoformat(), "scale": "180d", "decay": 0.5}}
        news = Q("term", **{field_of(TYPE): "news"}).to_dict()
        functions.append({"exp": fresh, "filter": news, "weight": 0.8})
    return functions


def _filter(name: str, values: Collection[str]) -> Any:
    return Q("terms", **{field_of(name): sorted(values)})
