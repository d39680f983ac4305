"""Passages: where they say, marked where something asked for stands, safe for a browser and a terminal."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from checks import check_html, check_marks, check_snippet, steering, wanted_by

import searchlib
from fuzz.mutating import any_text, mutated_text
from fuzz.target import corpus
from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import resolve_kinds
from searchlib.expansion.lexicon import Lexicon
from searchlib.highlight import Marker, select
from searchlib.highlight.kwic_lines import kwic_lines
from searchlib.query.parser import parse

NASTY = (
    "<script>",
    "</mark>",
    "&lt;",
    "&#60;",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x9b2J",
    "<!--",
    "]]>",
    "<mark ",
)
_MARKED = ("\x1b[1;31m", "\x1b[0m")


class Snippets:
    """Marks mutated articles for phrases cut from them."""

    def __init__(self, _: Path) -> None:
        self._analyzer = Analyzer()
        self._articles = [article for page in corpus() for article in searchlib.split_page(page)]
        self._texts = [article.body for article in self._articles if article.body]

    def draw(self, chance: random.Random) -> object:
        """Return an article, a query and a number of passages."""
        body = chance.choice(self._texts)
        start = chance.randrange(len(body))
        body = mutated_text(
            chance, body[start : start + 600], [*self._texts, *NASTY], chance.choice([1, 3, 12])
        )
        if chance.random() < 0.2:
            body = any_text(chance, 200)
        for _ in range(chance.randrange(3)):
            place = chance.randrange(len(body) + 1)
            body = body[:place] + chance.choice(NASTY) + body[place:]
        place = chance.randrange(len(body) + 1)
        phrase = body[place : place + chance.choice([1, 2, 4, 9, 40])]
        query = searchlib.quote(phrase) if chance.random() < 0.7 else phrase
        article = Article(
            headline=body[place - 5 : place + 20] if place > 5 else "",
            body=body,
            authors=(any_text(chance, 4), phrase),
            subtitle=any_text(chance, 9),
        )
        return article, query, chance.choice(["all", "any"]), chance.randrange(5)

    def check(self, drawn: Any) -> None:
        """Mark, choose, show."""
        article, query, match, count = drawn
        try:
            plain = parse(query, self._analyzer, match=match, exact=False)
        except searchlib.QuerySyntaxError:
            return
        tree = expand(plain, query, resolve_kinds(None, exact=False), self._analyzer, Lexicon())
        for asked, is_widened in ((plain, False), (tree, True)):
            marker = Marker(asked, self._analyzer)
            marked = marker.mark(article)
            snippets = select(article, marked, count)
            assert len(snippets) <= count
            # Plain text is marked in its pieces, and another form or spelling is written otherwise.
            is_literal = not (is_widened or match == "any" or any(p.edits for p in marker.phrases))
            wanted = wanted_by(asked) if is_literal else {""}
            for snippet in snippets:
                check_snippet(snippet, article, wanted)
                check_html(snippet)
                shown = snippet.to_ansi()
                for ours in _MARKED:
                    shown = shown.replace(ours, "")
                assert not steering(shown)
            check_marks(article.headline, marked.headline_marks, wanted)
            for line in kwic_lines(article, marker, 10):
                texts = [text.replace("\n", " ") for text in article.texts(line.field)]
                end = line.start + len(line.keyword)
                assert line.keyword in {text[line.start : end] for text in texts}

    def close(self) -> None:
        """Nothing is open."""
