"""How Vietnamese text is read by the search: one reading for documents and for queries. Pure, no database.

Documents are read by ``tokens`` and ``document_keys``, queries by ``understand``.
"""

from search.language.numbers import DocumentNumber, document_keys, find_number
from search.language.reading import Token, fold_word, normalise, tokens
from search.language.understanding import Alternative, Part, Source, Understood, Vocabulary, Words, understand

__all__ = [
    "Alternative",
    "DocumentNumber",
    "Part",
    "Source",
    "Token",
    "Understood",
    "Vocabulary",
    "Words",
    "document_keys",
    "find_number",
    "fold_word",
    "normalise",
    "tokens",
    "understand",
]
