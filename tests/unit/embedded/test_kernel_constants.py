"""What the kernel ranks by, and where it stops, are the numbers of Python: its sources are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from searchlib import asking, native
from searchlib.analysis import grams, stopwords
from searchlib.embedded.codec import analyzed_batch, best_postings, lists, postings, term_dict
from searchlib.embedded.search import plain, plans
from searchlib.highlight import selection
from searchlib.query import auto, pieces
from searchlib.scoring import bm25f, passages, relaxing, rescoring

SOURCES = sorted((Path(native.__file__).parent / "src").glob("*.rs"))
CONSTANT = re.compile(r"^(?:pub )?const (\w+): (f64|usize|u32) = ([\d._e]+)(?: << (\d+))?;", re.MULTILINE)
SAME: dict[str, float] = {
    "bm25f.K1": bm25f.K1,
    "bm25f.B": bm25f.B,
    "plain.WORD_SHARE": bm25f.SHARES["word"],
    "plain.PAIR_SHARE": bm25f.SHARES["pair"],
    "forms.EQUIVALENT_SHARE": bm25f.EQUIVALENT_SHARE,
    "plain.QUESTION": stopwords.QUESTION_FACTOR,
    "plain.FUNCTION": stopwords.FUNCTION_FACTOR,
    "words.LEAST_WORDS": rescoring.LEAST_WORDS,
    "text_query.LEAST_WORDS_OF_A_TEXT": rescoring.LEAST_WORDS_OF_A_TEXT,
    "plain.MOST_REQUIRED": auto.MAX_REQUIRED,
    "words.MOST_WORDS": asking._MOST_PLAIN_WORDS,
    "plain.MOST_CHARS": plain._MOST_CHARS,
    "kinds.PAIRED": plans._PAIRED,
    "ranking.FIRST": rescoring.RESCORE_DEPTH,
    "ranking.CLOSEST": relaxing.CLOSEST,
    "ranking.CLOSEST_SHARE": relaxing.CLOSEST_SHARE,
    "ranking.POWER": rescoring.POWER,
    "ranking.LEAD_WEIGHT": rescoring.LEAD_WEIGHT,
    "ranking.PAIR_PART": rescoring.PAIR_PART,
    "ranking.MOST_TERMS": rescoring.MOST_TERMS,
    "ranking.DECIMALS": 10**rescoring.DECIMALS,
    "pieces.LONGEST_ROW": pieces.LONGEST_ROW,
    "pieces.LONGEST_READ": pieces._LONGEST_READ,
    "passages.MOST_CHARS": passages.MOST_CHARS,
    "passages.LEAD_SENTENCES": passages.LEAD_SENTENCES,
    "snippets.MAX_CELLS": selection.MAX_CELLS,
    "snippets.SHORT_CELLS": selection._SHORT_CELLS,
    "snippets.MOST_MEASURED": selection._MOST_MEASURED,
    "runs.MAX_TERM_CHARS": grams.MAX_TERM_CHARS,
    "best_postings.TOP": best_postings._TOP,
    "best_postings.LEAST": best_postings.LEAST,
    "best_postings.COUNT": best_postings.COUNT,
    "lists.MAX_UNIVERSE": lists.MAX_UNIVERSE,
    "postings.BLOCK": postings.BLOCK,
    "postings.LONG": postings.LONG,
    "postings.FEW": postings.FEW,
    "postings.HALF": postings.HALF,
    "encoding.SHORT_MOST": postings.SHORT_MOST,
    "encoding.BYTE": postings.BYTE,
    "encoding.UNIVERSE_STEP": postings.UNIVERSE_STEP,
    "encoding.PACKED_BITS": term_dict._BITS,
    "encoding.STRINGS_IN_BLOCK": term_dict.STRINGS_IN_BLOCK,
    "encoding.MOST_SHARED": term_dict.MOST_SHARED,
    "terms.PACKED_CHARS": term_dict.PACKED_CHARS,
    "terms.BLOCK": term_dict.STRINGS_IN_BLOCK,
    "batch.FIRST_UNIT": analyzed_batch.FIRST_UNIT,
}


def constants() -> dict[str, tuple[str, float]]:
    """Return the type and value of each number that the kernel's sources name, by `file.NAME`."""
    return {
        f"{path.stem}.{name}": (kind, float(value.replace("_", "")) * 2 ** int(shift or 0))
        for path in SOURCES
        for name, kind, value, shift in CONSTANT.findall(path.read_text("utf-8").replace("i64", "usize"))
    }


@pytest.mark.parametrize("name", SAME)
def test_a_number_is_the_same_in_both(name: str) -> None:
    """Else the kernel and the arrays give the same query other scores, or another page."""
    assert constants()[name][1] == SAME[name]


def test_every_weight_is_compared() -> None:
    """A new one of the kernel's, in double precision as scores are, must be of Python as well."""
    assert {name for name, (kind, _) in constants().items() if kind == "f64"} <= SAME.keys()
