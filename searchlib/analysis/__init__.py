"""
Here is a text: what are its words and characters, and where do they stand?

`folding` makes texts that read alike the same string and keeps the way back;
`grams` cuts it into characters and pairs; `words` knows jieba; `analyzer` makes
the words with their places; `discovery`
proposes words that the dictionary lacks. Not for
deciding what matches a query (that is `query`), nor for page layout (`pages`).
"""

from searchlib.analysis.analyzer import Analyzer
from searchlib.analysis.folding import (
    BORDER,
    COMPOSING,
    PARAGRAPH_ENDS,
    SENTENCE_ENDS,
    Mapped,
    border_text,
    border_with_map,
    clean_and_simplify,
    clean_text,
    clean_with_map,
    fold,
    fold_with_map,
    is_han,
    simplify,
    units,
)
from searchlib.analysis.grams import grams_of, rows_of_units

__all__ = [
    "BORDER",
    "COMPOSING",
    "PARAGRAPH_ENDS",
    "SENTENCE_ENDS",
    "Analyzer",
    "Mapped",
    "border_text",
    "border_with_map",
    "clean_and_simplify",
    "clean_text",
    "clean_with_map",
    "fold",
    "fold_with_map",
    "grams_of",
    "is_han",
    "rows_of_units",
    "simplify",
    "units",
]
