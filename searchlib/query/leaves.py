"""One word or phrase of a query to the leaf that it is in the tree."""

from __future__ import annotations

from searchlib.analysis import Analyzer, border_text, clean_text
from searchlib.errors import QueryError
from searchlib.lazy import lazy_pattern
from searchlib.message import Message
from searchlib.query.characters import WILDCARD
from searchlib.query.nodes import Phrase, Run
from searchlib.query.pieces import pieces

_MARKS = "\n &/_.,-"
_STARS = lazy_pattern(r"\*+")
_BEGUN_THOUSANDS = lazy_pattern(r"[0-9０-９][,，]([0-9０-９]{1,2})\Z")


def leaf_of(
    text: str, analyzer: Analyzer, *, field: str | None = None, exact: bool, quoted: bool = False
) -> Phrase | Run | None:
    """Return the leaf of a word or phrase; None when it is marks only."""
    open_start, open_end, edits = False, False, 0
    if not quoted:
        edits = int(text.endswith("~") and len(text) > 1)
        text = text.rstrip("~") if edits else text
        open_start, open_end = text.startswith("*"), text.endswith("*")
        text = text.strip("*")
    clean = clean_text(text) if quoted else with_gaps(text, open_end=open_end)
    if not has_units(clean):
        return None
    edits *= len(border_text(clean).strip("\n ")) > 1  # of a single character everything is a neighbour
    whole = Phrase(clean, field, exact, open_start, open_end, edits, quoted)
    if quoted or open_start or open_end or whole.is_loose:
        return whole
    parts = tuple(dict.fromkeys(pieces(clean, analyzer)))
    phrases = tuple(Phrase(part, field, exact) for part in parts)
    if not phrases or (len(phrases) == 1 and phrases[0].text == whole.text):
        return whole
    return Run(whole, phrases)


def phrases_looked_up(leaf: Phrase | Run | None) -> tuple[Phrase, ...]:
    """Return what must be looked up for a leaf."""
    if isinstance(leaf, Run):
        return leaf.pieces
    return () if leaf is None else (leaf,)


def too_many(query: str, column: int, most: int) -> QueryError:
    """Return the error of a query with more words than may be asked for at once."""
    hint = Message("ask for fewer, or allow more with searchlib.open(..., max_words=N)")
    return QueryError(query, column, Message("more than {} words", most), hint)


def with_gaps(text: str, *, open_end: bool = False) -> str:
    """Return a word, clean, with a star for each row of stars inside; marks beside one say nothing."""
    *begun, last = _STARS.split(text)
    cleaned = [*map(_clean_beginning, begun), _clean_beginning(last) if open_end else clean_text(last)]
    if not begun:
        return cleaned[0]
    parts = [clean for clean in cleaned if has_units(clean)]
    if len(parts) < 2:  # noqa: PLR2004 (nothing is left to be apart)
        return "".join(parts)
    edges = [parts[0].rstrip(_MARKS), *(part.strip(_MARKS) for part in parts[1:-1]), parts[-1].lstrip(_MARKS)]
    return WILDCARD.join(edges)


def _clean_beginning(text: str) -> str:
    """Return a text, clean, behind which a star stands: the comma of `1,2*` is that of 1,234."""
    match = _BEGUN_THOUSANDS.search(text)
    if match is None:
        return clean_text(text)
    lacking = 3 - len(match[1])
    return clean_text(text + match[1][0] * lacking)[:-lacking]


def has_units(clean: str) -> bool:
    """Return whether a clean text holds more than marks."""
    return bool(border_text(clean).strip("\n "))
