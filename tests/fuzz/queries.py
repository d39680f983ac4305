"""Queries: parsed, printed and parsed again; answered alike in pages and as a whole, in every match mode."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any, get_args

import searchlib
from fuzz.mutating import any_character, any_text, mutated_text
from fuzz.target import corpus
from searchlib import Article, QueryError, QuerySyntaxError, Results
from searchlib.analysis import Analyzer
from searchlib.options import Match
from searchlib.query.characters import MAX_WORDS
from searchlib.query.nodes import Query
from searchlib.query.parser import parse
from searchlib.query.unparse import unparse

TYPED = (
    "党建 网格",
    '"党建引领" -网格 OR (农业 AND 治理)',
    "（网格 ＯＲ 农业） －治理",
    "headline:(党建 OR 乡村) 作者：刘慧",
    "FI* *IC 党建引玲~ +73.33%",
    "date:2024-08.. date:>2023 page:A05",
    "第二十四届三中全会8月9日1.2亿5G Wi-Fi",
    '“他说\\"好\\"”',
)
SIGNS = [*'""“”()（）:：*~-+－\\ \n　', " AND ", " OR ", " NOT ", "headline:", "date:", "标题："]
PAGE = 3
MOST_CHARS = 20_000


def check_refusal(error: QueryError, query: str) -> None:
    """See that a query was refused for its syntax or its length, and where."""
    assert isinstance(error, QuerySyntaxError) or len(query) > MAX_WORDS
    assert 1 <= error.column <= len(query) + 1
    assert error.query == query


class Queries:
    """Asks a small index of pages and of awkward articles."""

    def __init__(self, home: Path) -> None:
        self._analyzer = Analyzer()
        self._index = searchlib.open(home / "queries.idx")
        pages = corpus()
        for number, page in enumerate(pages):
            self._index.add(searchlib.split_page(page, source=f"{number}.txt"))
        chance = random.Random(0)
        self._index.add(
            Article(id=f"{n}", headline=any_text(chance, 9), body=any_text(chance, 90)) for n in range(30)
        )
        self._index.add([{"id": "3", "body": "湖" * 5000, "n": 3, "date": "2024-08-09"}])
        self._others = [*TYPED, *pages]

    def draw(self, chance: random.Random) -> Any:
        """Return a query and what is asked besides."""
        kind = chance.random()
        if kind < 0.4:
            query = mutated_text(chance, chance.choice(TYPED), self._others, chance.choice([1, 2, 4, 9]))
        elif kind < 0.7:
            parts = [self._part(chance) for _ in range(chance.randrange(14))]
            query = "".join(parts)
        elif kind < 0.85:
            query = self._tree(chance, 4)
        elif kind < 0.97:
            query = any_text(chance, 30)
        else:
            query = self._part(chance) * chance.choice([100, 1000])
        options: dict[str, Any] = {"exact": chance.random() < 0.3}
        if chance.random() < 0.2:
            options |= {
                "sort": chance.choice(["newest", "oldest"]),
                "since": "2023",
                "facets": ["kind", "extra.n"],
            }
        if chance.random() < 0.02:
            options["group"] = "reprints"
        return query[:MOST_CHARS], options, chance.random() < 0.2

    def _part(self, chance: random.Random) -> str:
        kind = chance.random()
        if kind < 0.5:
            return str(chance.choice(SIGNS))
        if kind < 0.8:
            page = chance.choice(self._others)
            start = chance.randrange(len(page))
            return page[start : start + chance.randrange(1, 6)]
        return any_character(chance)

    def _tree(self, chance: random.Random, depth: int) -> str:
        """Return a query that is well formed but for what its words bring."""
        if not depth or chance.random() < 0.3:
            word = self._part(chance).strip() or "党"
            return chance.choice(
                [word, word, searchlib.quote(word), f"{word}*", f"*{word}", f"{word}~", f"body:{word}"]
            )
        inner = [self._tree(chance, depth - 1) for _ in range(chance.randrange(1, 4))]
        joined = chance.choice([" ", " OR ", " AND "]).join(inner)
        return chance.choice(
            [joined, f"({joined})", f"NOT ({joined})", f"-({joined})", f"headline:({joined})"]
        )

    def check(self, drawn: Any) -> None:
        """Parse in every mode, print, and ask."""
        query, options, suggests = drawn
        for match in get_args(Match):
            tree = self._parsed(query, match, exact=options["exact"])
            if tree is None:
                continue
            ids = self._ask(query, {**options, "match": match}, suggests=suggests)
            if match == "all":
                again = unparse(tree)
                # What is printed has the same marks but for their kind, which ends and means the same.
                assert self._ids(again, {**options, "match": match}) == ids, (
                    f"{tree!r} is printed as {again!r}"
                )

    def _parsed(self, query: str, match: str, *, exact: bool) -> Query | None:
        """Return the tree, None for what is no query or too much; the error points into the query."""
        try:
            return parse(query, self._analyzer, match=match, exact=exact)
        except QueryError as error:
            check_refusal(error, query)
        assert match != "any", "plain text has no syntax and no bound"
        return None

    def _ids(self, query: str, options: dict[str, Any]) -> list[str]:
        return sorted(hit.id for hit in self._index.search(query, limit=None, snippets=0, **options))

    def _ask(self, query: str, options: dict[str, Any], *, suggests: bool) -> list[str]:
        whole = self._index.search(query, limit=None, **options)
        ids = [hit.id for hit in whole]
        assert len(set(ids)) == len(ids)
        if "group" not in options:
            assert whole.total == len(ids)
        for hit in whole[:PAGE]:
            assert math.isfinite(hit.score)
            _ = hit.why, hit.snippets, hit.headline_marks
        page: Results = self._index.search(query, limit=PAGE, offset=1, snippets=0, **options)
        assert [hit.id for hit in page] == ids[1 : 1 + PAGE]
        assert page.total == whole.total
        assert not suggests or whole.suggestion is None or isinstance(whole.suggestion, str)
        if ids:
            explained = self._index.explain(query, ids[0], match=options["match"], exact=options["exact"])
            assert math.isfinite(explained.value)
        return sorted(ids)

    def close(self) -> None:
        """Give the index back."""
        self._index.close()
