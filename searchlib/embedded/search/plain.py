"""
Plain queries answered by the kernel from the string on: words of simplified Han, or any text.

Reading such a query in Python takes ten times as long as answering it. Of words the kernel reads
nothing that could mean something else: with any other character, or a stop word in `auto`, it
returns None. Where `auto` asks for some of many words it answers by as many as it takes; Python
reads all else. Texts are cleaned here, and other forms of them and of words are found here; their
terms are the kernel's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from searchlib.analysis import Analyzer, clean_text, simplify
from searchlib.analysis.folding import SIMPLIFY
from searchlib.analysis.stopwords import FUNCTION_WORDS, QUESTION_WORDS, SURE_CHARACTERS
from searchlib.analysis.words import engine_asked_for, load_dictionary
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.search.kernel import MARKS, kernel_snapshot
from searchlib.engine.request import DEFAULT_BOOSTS
from searchlib.expansion.equivalences import MAY_VARY
from searchlib.lazy import lazy_module, lazy_pattern
from searchlib.model import TEXT_FIELDS, Span
from searchlib.native import engine
from searchlib.query.advice import SIGN_WORDS
from searchlib.scoring.headline_match import headline_asked_for, headline_is
from searchlib.scoring.passage_characters import written_outside_han
from searchlib.snippet import Snippet

if TYPE_CHECKING:
    from searchlib.embedded.search import matching, narrowing, word_forms
    from searchlib.embedded.search.matching import Matcher
    from searchlib.embedded.search.word_forms import WordForms
    from searchlib.embedded.store.snapshot import Snapshot
    from searchlib.engine.contract import SearchResponse
    from searchlib.engine.request import Narrowed, SearchRequest
    from searchlib.expansion import entry
    from searchlib.model import Article
    from searchlib.native import _kernel
    from searchlib.query import auto, nodes, parser, plain_words
else:  # plain words are read by the kernel
    matching = lazy_module("searchlib.embedded.search.matching")
    narrowing = lazy_module("searchlib.embedded.search.narrowing")
    word_forms = lazy_module("searchlib.embedded.search.word_forms")
    auto = lazy_module("searchlib.query.auto")
    entry = lazy_module("searchlib.expansion.entry")
    nodes = lazy_module("searchlib.query.nodes")
    parser = lazy_module("searchlib.query.parser")
    plain_words = lazy_module("searchlib.query.plain_words")

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FD5
_HAN_AND_MARKS = lazy_pattern(f'[\u3400-\u9fff{MARKS} \u3000"]*')
_FIRST_SIGN, _LAST_SIGN = ord("!"), ord("~")
_TITLE, _MATCHES, _LEAVES = -1, -2, -3
_HEADLINE = "headline"
_MOST_READ = 200
_FEWEST = 2
"""Content words of a query of which one may be left out."""
_MOST_CHARS = 500
"""Of a longer text Python takes what says most."""
_VARIABLE = frozenset(char for char in MAY_VARY if _FIRST_HAN <= ord(char) <= _LAST_HAN)
"""Characters that may be part of a number, or of a word that is written in two ways."""

_EVERYTHING = (None, None, None)

PlainHits = list[tuple[int, float, str]]
"""Document, score and id of each hit."""


ReadsInFull = Callable[[], "SearchRequest"]
"""Returns a query as Python reads it."""


class KnownPage(NamedTuple):
    """The documents of a page with their scores, and how many words of the relaxed query they had to have."""

    docs: list[int]
    scores: list[float]
    least: int


AnswersInFull = Callable[["Snapshot", Analyzer, "SearchRequest", KnownPage | None], "SearchResponse"]
"""Answers a request from a commit; a page that is known is not looked for again."""


class PlainSearch:
    """Answers the plain queries of one commit; what each question needs of that is looked up once."""

    def __init__(self, snapshot: Snapshot, analyzer: Analyzer, in_full: AnswersInFull) -> None:
        """*analyzer* is that of the index."""
        self.engine = engine()
        """The one that was chosen when this was made."""
        self.snapshot = snapshot
        self.analyzer = analyzer
        self.in_full = in_full
        self.opened = kernel_snapshot(snapshot)
        self.reader = None if self.opened is None else plain_reader()

    def answer(
        self, query: str, how: str, page: tuple[int, int], read: ReadsInFull, narrowed: Narrowed | None
    ) -> PlainAnswer | None:
        """
        Return a page of the answer to a plain query; None when Python must read it.

        Args:
            how: `all`, `auto` or `any`.
            page: How many documents come before it, and how many it has at most.
            read: Returns the query as Python reads it.
            narrowed: Filters, order and deadline; None for all, the best first.
        """
        if self.reader is None or self.engine.kernel is None or not _is_unicode(query):
            return None
        answer = PlainAnswer(self, query, how, read, narrowed.deadline if narrowed else NO_DEADLINE)
        if narrowed is not None:
            with self.snapshot.blamed():
                answer.within = narrowing.within(self.snapshot, narrowed)
        if how == "any":
            return self._any_term(answer, query, page) if len(query) <= _MOST_CHARS else None
        if self._all_words(answer, query, how, page):
            return answer
        has_nothing = answer.has_nothing
        if len(query) > _MOST_CHARS:
            return None
        self.analyzer.begin()
        read_as = plain_words.plain_words(query, self.analyzer)
        if read_as is None:
            return None
        answer.hints = read_as.hints
        spaced = plain_words.spaced(read_as)
        if spaced is not None and spaced != query:
            same = answer.of(spaced)
            if self._all_words(same, spaced, how, page):
                return same
            has_nothing = same.has_nothing
        # All of a few words are asked for first.
        fewest = _FEWEST if has_nothing else auto.MAX_REQUIRED + 1
        return self._closest(answer, read_as, fewest, page) if how == "auto" else None

    def _any_term(self, answer: PlainAnswer, query: str, page: tuple[int, int]) -> PlainAnswer | None:
        clean = parser.clean_plain_text(query)
        text = simplify(clean)
        parts = _forms_of(clean, text, self.analyzer)
        found = self._call("search_text", text, parts, *page, answer.ask, answer.within)
        if found is None:
            return None
        answer.hits = found
        return answer

    def _all_words(self, answer: PlainAnswer, query: str, how: str, page: tuple[int, int]) -> bool:
        forms = None if _VARIABLE.isdisjoint(query) else answer.forms
        found = self._call("search_plain", query, how, forms, *page, answer.ask, answer.within)
        if found is None:
            return False
        answer.hits, answer.has_runs = found
        answer.has_nothing = how == "auto" and not answer.hits
        return not answer.has_nothing

    def _closest(
        self, answer: PlainAnswer, read_as: plain_words.PlainWords, fewest: int, page: tuple[int, int]
    ) -> PlainAnswer | None:
        text = simplify(read_as.text)
        parts = _forms_of(read_as.text, text, self.analyzer)
        asked = (read_as.words, text, parts, answer.words.forms_of, fewest)
        found = self._call("search_relaxed", *asked, *page, answer.ask, answer.within)
        if found is None:
            return None
        answer.hits, answer.least = found
        answer.has_runs = False
        return answer

    def _call(self, name: str, *asked: object) -> Any:
        search: Callable[..., Any] = getattr(self.engine.kernel, name)
        try:
            return search(self.reader, self.opened, *asked)
        except ValueError:  # find out whether the files are to blame
            with self.snapshot.blamed():
                return search(self.reader, self.opened, *asked)


class PlainAnswer:
    """A page of the answer to a plain query; what more is asked of it comes from the same commit."""

    hits: PlainHits
    within: tuple[Any, Any, Any] = _EVERYTHING
    """Filters, order and deadline as the kernel takes them."""
    least: int | None = None
    """How many words a hit had to have where not all were required."""
    hints: tuple[str, ...] = ()
    has_runs = False
    """Whether an unspaced run of several words is in the query, which may be in one piece nowhere."""
    has_nothing = False
    """Whether no document has all words of `auto`."""

    def __init__(
        self, search: PlainSearch, query: str, how: str, read: ReadsInFull, deadline: Deadline
    ) -> None:
        self._search = search
        self._query, self._how = query, how
        self._read = read
        self._deadline = deadline

    def of(self, query: str) -> PlainAnswer:
        """Return the answer, without hits yet, to another query that asks for the same."""
        same = PlainAnswer(self._search, query, self._how, self._read, self._deadline)
        same.within, same.hints = self.within, self.hints
        return same

    def ask(self, doc: int, about: int) -> bool:
        """Return whether a document matches, has a word, or is headed by the query: it must be folded."""
        matcher = self._matcher
        if about <= _LEAVES:
            return matcher.matches(self.words.tree(_LEAVES - about), doc)
        has_all = about == _MATCHES and self._how != "any" and self.forms
        phrases = self.words.phrases(self._query) if has_all else None
        if phrases:
            return all(matcher.matches(phrase, doc) for phrase in phrases)
        request = self._read()
        if about >= 0:
            leaves = nodes.positive_leaves(request.tree)
            return matcher.holds([leaf.whole for leaf in leaves if isinstance(leaf, nodes.Run)][about], doc)
        if about == _TITLE:
            return headline_is(headline_asked_for(request.tree), matcher.texts(doc, _HEADLINE))
        return matcher.matches(request.tree, doc)

    @cached_property
    def _matcher(self) -> Matcher:
        search = self._search
        return matching.Matcher(search.snapshot, search.analyzer, self._deadline)

    @cached_property
    def words(self) -> WordForms:
        """The words of the query, with their forms."""
        return word_forms.WordForms(self._search.analyzer)

    @cached_property
    def forms(self) -> list[tuple[str, list[str], bool]] | None:
        """What of plain words is written in other ways; None where there are none, or Python must see."""
        query = self._query
        if _VARIABLE.isdisjoint(query) or len(query) > _MOST_READ or _HAN_AND_MARKS.fullmatch(query) is None:
            return None
        words = dict.fromkeys(query.replace('"', "").split())
        varying = [word for word in words if not _VARIABLE.isdisjoint(word)]
        each = [(word, *self.words.forms(clean_text(word))) for word in varying]
        return [one for one in each if one[1]]

    @property
    def is_relaxed(self) -> bool:
        """Whether a hit may lack words of the query."""
        return self.least is not None

    @property
    def has_all_words(self) -> bool:
        """Whether every hit has each of the query's words as it was typed."""
        return self._how != "any" and not self.is_relaxed and not self.has_runs

    def article(self, number: int) -> Article:
        """Return the article of a hit."""
        return self._search.snapshot.article(number)

    def full(self) -> SearchResponse:
        """Answer the query in full."""
        known = None
        if self.least is not None:
            known = KnownPage(
                [doc for doc, *_ in self.hits], [score for _, score, _ in self.hits], self.least
            )
        return self._search.in_full(self._search.snapshot, self._search.analyzer, self._read(), known)

    def total(self, check: Callable[[int], object] | None) -> int | None:
        """Count all that match; None where Python must. *check* is called with each text that is read."""
        kernel, search = self._search.engine.kernel, self._search
        if kernel is None or search.reader is None or self.is_relaxed:
            return None
        asked = (search.reader, search.opened, self._query, self._how, self.forms)
        with search.snapshot.blamed():
            found: int | None = kernel.count_plain(*asked, self.ask, (self.within[0], None, check))
        return found

    @cached_property
    def _marker(self) -> _kernel.PlainMarker | None:
        kernel, search = self._search.engine.kernel, self._search
        if kernel is None or search.reader is None or self.is_relaxed:
            return None
        found: _kernel.PlainMarker | None = kernel.PlainMarker.of(
            search.reader, search.opened, self._query, self._how, self.forms
        )
        return found

    def headline_marks(self, number: int) -> tuple[Span, ...] | None:
        """Return where the query is in a hit's headline; None where Python must look."""
        opened = self._search.opened
        with self._search.snapshot.blamed():
            if self._marker is None or opened is None:
                return None
            found = self._marker.headline_marks(opened, number)
        return None if found is None else tuple(found)

    def snippets(self, number: int, count: int) -> tuple[Snippet, ...] | None:
        """Return up to *count* passages of a hit, the best first; None where Python must look."""
        opened = self._search.opened
        with self._search.snapshot.blamed():
            if self._marker is None or opened is None:
                return None
            found = self._marker.snippets(opened, number, count)
        if found is None:
            return None
        return tuple(Snippet(text, start, tuple(marks), field) for text, start, marks, field in found)


def _forms_of(clean: str, text: str, analyzer: Analyzer) -> list[tuple[str, list[str], bool]]:
    """Return what of a text, which is *text* simplified, is written in other ways; all of it simplified."""
    return [
        (simplify(part), list(map(simplify, forms)), is_number)
        for part, forms, is_number in entry.forms_in(clean, text, analyzer)
    ]


def _is_unicode(query: str) -> bool:
    """Return whether the kernel can be given a text: it has no lone surrogate."""
    try:
        query.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def plain_reader() -> _kernel.PlainReader | None:
    """Return what reads plain queries; None without a kernel, or without the dictionary's file."""
    kernel = engine().kernel
    if kernel is None or engine_asked_for() or sys.byteorder != "little":
        return None
    dictionary = load_dictionary()
    if dictionary is None:
        return None
    special = {*map(chr, SIMPLIFY), *MAY_VARY, *SIGN_WORDS}
    plain = "".join(char for char in map(chr, range(_FIRST_HAN, _LAST_HAN + 1)) if char not in special)
    made: _kernel.PlainReader = kernel.PlainReader(
        dictionary.data,
        dictionary.nodes,
        dictionary.log_total,
        plain,
        "".join(sorted(_VARIABLE - {*map(chr, SIMPLIFY), *SIGN_WORDS})),
        "".join(sorted(SIGN_WORDS - _VARIABLE)),
        written_outside_han(map(chr, range(_FIRST_SIGN, _LAST_SIGN + 1))),
        sorted(QUESTION_WORDS),
        sorted(FUNCTION_WORDS),
        sorted(SURE_CHARACTERS),
        [DEFAULT_BOOSTS[name] for name in TEXT_FIELDS],
    )
    return made
