"""The share of a query that an article's best passage holds: each sentence read for each term."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise

from oracle import fate

from searchlib.analysis import is_han, simplify
from searchlib.analysis.folding import HAN
from searchlib.ranking.passages import MOST_CHARS

SENTENCE_END = re.compile("[。！？!?；;…\n]")
TRANSPARENT = "\0"
LETTER = rf"[^\W\d_{HAN}]"


def best_passage(texts: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return half of the best sentence's share and of the best two neighbouring ones'."""
    plain = [_plain(sentence) for sentence in SENTENCE_END.split("\n".join(texts)[:MOST_CHARS])]
    sentences = [sentence for sentence in plain if sentence.strip(TRANSPARENT)]
    patterns = {term: _pattern(term) for term in weights}
    held = [{term for term in weights if patterns[term].search(sentence)} for sentence in sentences]
    if not held:
        return 0.0

    def weight(terms: set[str]) -> float:
        return sum(weights[term] for term in terms)

    one = max(map(weight, held))
    two = max([one, *(weight(first | second) for first, second in pairwise(held))])
    return (one + two) / (2 * sum(weights.values()))


def _plain(sentence: str) -> str:
    """Write each character in simplified script, lower case and common width, or as transparent."""
    made = []
    for char in sentence:
        folded = simplify(unicodedata.normalize("NFKC", char).casefold())
        made.append(TRANSPARENT if fate(char) in {"", " "} else folded if len(folded) == 1 else char)
    return "".join(made)


def _pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term: what is transparent may stand in it; its letters and digits do not go on."""
    chars = f"{TRANSPARENT}*".join(map(re.escape, term))
    return re.compile(f"(?<!{_like(term[0])}){chars}(?!{_like(term[-1])})")


def _like(char: str) -> str:
    """Return a class of the characters with which *char* is one word of letters, or one number."""
    if char.isdigit():
        return "[0-9]"
    return LETTER if char.isalpha() and not is_han(char) else r"[^\s\S]"
