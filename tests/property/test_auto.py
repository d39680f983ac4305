"""The promise of the default mode: while an article has all of two to four content words, exactly these."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

import searchlib
from searchlib.model import Article

WORDS = ["党建", "网格", "查干湖", "青农", "地铁", "5G", "刘佳旒", "会议", "小区", "冬捕"]
BETWEEN = [" ", " 的 ", " 和 ", "　"]
TOGETHER = ["的", "和", "在", "与", "是", "了"]


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=5), min_size=1, max_size=12),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True),
    st.data(),
)
def test_exactly_the_articles_with_all_words(
    articles: list[list[str]], asked: list[str], data: st.DataObject
) -> None:
    """Whatever else is between the words; where no article has all, each hit lacks one and says which."""
    between = data.draw(st.sampled_from(BETWEEN + TOGETHER))
    with TemporaryDirectory() as folder, searchlib.open(Path(folder) / "i") as index:
        index.add([Article(id=f"{n:02}", body="；".join(words)) for n, words in enumerate(articles)])
        results = index.search(between.join(asked), limit=None)
        whole = [f"{n:02}" for n, words in enumerate(articles) if set(asked) <= set(words)]
        if whole:
            assert sorted(hit.id for hit in results) == whole
            assert results.total == len(whole)
            assert not results.relaxed
        else:
            for hit in results:
                held = articles[int(hit.id)]
                assert set(hit.missing) == {word.lower() for word in asked if word not in held}
