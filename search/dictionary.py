"""The dictionary and the picks as editors left them, ready for reading queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from search.language import Lexicon, Understood, Vocabulary, fold_words, lexicon, shipped, with_terms
from search.models import Pick, TermGroup
from work import kept

_TERMS, _PICKS = "search-terms", "search-picks"


@dataclass(frozen=True)
class Picked:
    page_id: int
    reason: str
    queries: frozenset[tuple[str, ...]]


class _Made:
    """What this process made last of the rows that it read last."""

    rows: Any = None
    lexicon: Lexicon = shipped()
    vocabulary: Vocabulary | None = None
    source: tuple[Vocabulary, Lexicon] | None = None


def dictionary() -> Lexicon:
    """The rows in use; what was shipped where none was ever loaded."""
    rows = kept.kept(_TERMS, _read_terms)
    if rows != _Made.rows:
        groups, small = rows
        _Made.rows, _Made.lexicon = rows, lexicon(groups, small) if groups or small else shipped()
    return _Made.lexicon


def words_known(vocabulary: Vocabulary) -> Vocabulary:
    """The words of the documents together with those of the dictionary."""
    terms = dictionary()
    source = _Made.source
    if source is None or source[0] is not vocabulary or source[1] is not terms:
        _Made.source, _Made.vocabulary = (vocabulary, terms), with_terms(vocabulary, terms)
    assert _Made.vocabulary
    return _Made.vocabulary


def picks_for(understood: Understood) -> list[Picked]:
    """What editors chose for this query, in whatever spelling it was typed."""
    asked = {fold_words(understood.typed), fold_words(understood.did_you_mean)} - {()}
    return [pick for pick in kept.kept(_PICKS, _read_picks) if asked & pick.queries]


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(forget_terms, sender=TermGroup, dispatch_uid=f"search.terms.{id(signal)}")
        signal.connect(_forget_picks, sender=Pick, dispatch_uid=f"search.picks.{id(signal)}")


def _read_terms() -> tuple[list[list[str]], list[str]]:
    rows = list(TermGroup.objects.filter(is_in_use=True).order_by("pk"))
    groups = [row.lines() for row in rows if not row.need_not_occur]
    return groups, [line for row in rows if row.need_not_occur for line in row.lines()]


def _read_picks() -> list[Picked]:
    rows = Pick.objects.filter(is_in_use=True, page__live=True).order_by("pk")
    return [Picked(row.page_id, row.reason, frozenset(map(fold_words, row.lines()))) for row in rows]


def forget_terms(**_said: Any) -> None:
    """The rows have changed: with this transaction every process reads them anew."""
    transaction.on_commit(lambda: kept.forget(_TERMS))


def _forget_picks(**kwargs: Any) -> None:
    transaction.on_commit(lambda: kept.forget(_PICKS))
