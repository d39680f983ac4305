"""What stands near each other, against every choice of places tried out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reference import stand_near
from strategies import chinese_text

from searchlib import Article, quote
from searchlib.analysis import Analyzer, fold, simplify
from searchlib.highlight import Marker
from searchlib.query.nodes import Near
from searchlib.query.parser import parse
from searchlib.textmatch.proximity import is_near

ANALYZER = Analyzer()
PIECES = ["党", "建", "党建", "黨", "引", "的", "a", "ab", "5", "3.5", "㎡", "①", "è", "e\u0301", "ガ", "ｶﾞ"]
MARKS = [
    "，",
    "。",
    "；",
    "……",
    "“",
    "”",
    "·",
    " ",
    " ",
    "\u3000",
    "\n",
    "\u2028",
    "-",
    "_",
    ".",
    "%",
    "\u200b",
]
TEXTS = st.lists(st.sampled_from([*PIECES, *PIECES, *MARKS]), max_size=16).map("".join) | chinese_text(12)
SIDES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map("".join)
ROWS = st.lists(SIDES | SIDES.map(quote), min_size=2, max_size=3)
WITHIN = st.sampled_from(["0", "1", "2", "4", "7", "s", "p"])


@st.composite
def nears(draw: st.DrawFn) -> Near:
    """Draw two or three words that must stand near each other."""
    tree = parse(f" NEAR/{draw(WITHIN)} ".join(draw(ROWS)), ANALYZER, match="all", exact=draw(st.booleans()))
    assert isinstance(tree, Near)
    return tree


@given(nears(), TEXTS)
def test_every_choice_of_places_gives_the_same_answer(near: Near, text: str) -> None:
    """Whether it is told from the text as given or from the folded one."""
    assert is_near(near, text) == stand_near(near, text)


@given(nears(), TEXTS)
def test_marks_stand_near_each_other(near: Near, text: str) -> None:
    """There are marks where something stands near, and each reads as a side that was asked for."""
    places = Marker(near, ANALYZER).mark(Article(body=text)).places["body"] if text else []
    assert bool(places and places[0]) == is_near(near, text)
    wanted = {simplify(phrase.text).strip("\n ").replace(" ", "") for phrase in near.phrases}
    for place in places[0] if places else []:
        assert simplify(fold(text[place.start : place.end])).replace(" ", "") in wanted
