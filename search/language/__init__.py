"""How Vietnamese text is read by the search: one reading for documents and for queries. Pure, no database.

Documents are read by ``tokens`` and ``document_keys``, queries by ``understand``.
"""

from search.language.lexicon import Lexicon, lexicon, shipped, shipped_groups, shipped_optional
from search.language.numbers import DocumentNumber, document_keys, find_number
from search.language.query import Alternative, Part, Understood
from search.language.slips import Source
from search.language.understanding import understand
from search.language.vocabulary import Vocabulary, with_terms
from search.language.words import Token, fold_word, fold_words, has_marks, normalise, shown, tokens
