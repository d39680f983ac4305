"""What shares of a query an article's best passage and its lead hold: each sentence read for each term."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

from oracle import fate

from searchlib.analysis import is_han, simplify
from searchlib.analysis.folding import HAN
from searchlib.scoring.passages import LEAD_SENTENCES, MOST_CHARS

SENTENCE_END = re.compile("[。！？!?；;…\n]")
TRANSPARENT = "\0"
LETTER = rf"[^\W\d_{HAN}]"


def held_shares(
    before_body: Sequence[str], after: Sequence[str], weights: Mapping[str, float]
) -> tuple[float, float]:
    """
    Return the best passage's share and the lead's.

    The passage's is a third of the best sentence's, of the best two neighbouring
    ones' and of all sentences'; the lead's that of the best two neighbouring
    ones from a sentence before the body or one of its first on.
    """
    all_text = "\n".join([*before_body, *after])[:MOST_CHARS]
    heading = all_text[: sum(len(text) + 1 for text in before_body)]
    lead_ends = len(_sentences(heading)) + LEAD_SENTENCES
    patterns = {term: _pattern(term) for term in weights}
    held = [
        {term for term in weights if patterns[term].search(sentence)} for sentence in _sentences(all_text)
    ]
    if not held:
        return 0.0, 0.0

    def weight(terms: set[str]) -> float:
        return sum(weights[term] for term in terms)

    one = [weight(terms) for terms in held]
    two = [weight(first | second) for first, second in pairwise(held)] + one[-1:]
    total = sum(weights.values())
    whole = weight(set().union(*held))
    return (max(one) + max(two) + whole) / (3 * total), max(two[:lead_ends]) / total


def _sentences(text: str) -> list[str]:
    plain = [_plain(sentence) for sentence in SENTENCE_END.split(text)]
    return [sentence for sentence in plain if sentence.strip(TRANSPARENT)]


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
