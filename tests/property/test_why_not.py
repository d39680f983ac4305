"""Laws of what an article lacks: it agrees with the search, and names something whenever it is not found."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import articles, plain_text

import searchlib
from searchlib import Article, Lack, QuerySyntaxError

MATCHES = st.sampled_from(["all", "auto", "any"])


def check_lack(lack: Lack, article: Article) -> None:
    """Assert that a lack says something, and shows only what is in the article."""
    assert lack.message
    if lack.nearest:
        end = lack.nearest.start + len(lack.nearest.text)
        texts = article.texts(lack.nearest.field)
        assert lack.nearest.text in {text[lack.nearest.start : end] for text in texts}
        assert all(0 <= a < b <= len(lack.nearest.text) for a, b in lack.nearest.marks)
    for part in lack.parts:
        check_lack(part, article)


@settings(max_examples=60)
@given(st.lists(articles(plain_text(40)), min_size=1, max_size=4), st.data(), st.booleans(), MATCHES)
def test_agrees_with_the_search(texts: list[Article], data: st.DataObject, exact: bool, match: str) -> None:
    """An article has the rank that search gives it, or lacks something; never neither."""
    text = " ".join(data.draw(st.lists(plain_text(6), min_size=1, max_size=3)))
    query = data.draw(st.sampled_from([text, searchlib.quote(text), f"标题:{text}", f"党 OR {text}"]))
    since = data.draw(st.sampled_from([None, "2023", "2024-08"]))
    with TemporaryDirectory() as folder, searchlib.open(f"{folder}/i") as index:
        index.add([Article(**{**one.to_dict(), "id": str(n)}) for n, one in enumerate(texts)])
        asked = {"match": match, "exact": exact, "since": since}
        try:
            found = index.search(query, limit=None, **asked)  # type: ignore[arg-type]
        except QuerySyntaxError:
            return
        ids = [hit.id for hit in found]
        for article in index:
            answer = index.why_not(query, article.id, **asked)  # type: ignore[arg-type]
            rank = ids.index(article.id) + 1 if article.id in ids else None
            lacked = found[rank - 1].missing if rank else ()
            assert (answer.rank, answer.total, answer.dropped) == (rank, len(ids), lacked)
            assert bool(answer.lacks) or (rank is not None and not lacked)
            for lack in answer.lacks:
                check_lack(lack, article)
            if rank:
                assert answer.score == found[rank - 1].score
                assert (answer.before and answer.before.id) == (ids[rank - 2] if rank > 1 else None)
