"""The exact places of an article's texts that a query matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from searchlib.analysis import BORDER, Analyzer, Mapped, fold, fold_with_map
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.frozen import dataclass, replace
from searchlib.highlight.coverage import Coverage, QueryParts
from searchlib.lazy import lazy_pattern
from searchlib.marks import Mark
from searchlib.model import TEXT_FIELDS, Article, Span
from searchlib.query.nodes import Phrase, Query, Terms, nears, phrases_to_mark, positive_leaves
from searchlib.textmatch.phrases import spans

MOST_PHRASES = 512
"""Maximum number of phrases of a plain text that are marked: the longest of each kind."""

_STRETCH_CHARS = 4096
_CUT = lazy_pattern(r"[\n。](?=[\u3000\u4e00-\u9fff])")
"""A border before what does not join the character in front of it."""


def _longest(phrases: list[Phrase], most: int) -> list[Phrase]:
    """Return the longest of some phrases, in their order."""
    if len(phrases) <= most:
        return phrases
    kept = sorted(range(len(phrases)), key=lambda number: -len(phrases[number].clean))[:most]
    return [phrases[number] for number in sorted(kept)]


@dataclass(frozen=True)
class FoundPlace:
    """One place where a phrase of the query stands; *phrase* counts them in the order of the query."""

    start: int
    end: int
    phrase: int


class Marker:
    """Finds what a tree asks for in texts as they were given."""

    def __init__(
        self,
        tree: Query,
        analyzer: Analyzer,
        weights: Callable[[], Mapping[str, float]] = dict,
        deadline: Deadline = NO_DEADLINE,
        own: Iterable[str] = (),
    ) -> None:
        """
        Prepare for one query.

        Args:
            weights: Returns those of the query's terms; called when passages are to be told apart.
            deadline: It is looked at before each text.
            own: The text fields of the index's own.
        """
        self._deadline = deadline
        self.own = tuple(own)
        self.fields = (*TEXT_FIELDS, *self.own)
        told = dict.fromkeys(phrases_to_mark(tree))
        pairs: dict[Phrase, None] = {}
        light: dict[Phrase, None] = {}
        for leaf in positive_leaves(tree):
            if isinstance(leaf, Terms):
                from searchlib.highlight.plain_text import plain_phrases  # noqa: PLC0415 (few queries are)

                for known, phrases in zip((told, pairs, light), plain_phrases(leaf, analyzer), strict=True):
                    new = [phrase for phrase in phrases if phrase not in told]
                    known.update(dict.fromkeys(_longest(new, MOST_PHRASES)))
        self._nears = nears(tree)
        near = dict.fromkeys(phrase for one in self._nears for phrase in one.phrases if phrase not in told)
        self.phrases = [*told, *pairs, *light, *near]
        self._told, self._light = len(told), len(told) + len(pairs)
        self._anywhere = self._light + len(light)
        self._weights = weights
        self._longer: dict[int, set[int]] = {}
        """The phrases that each pair is a part of; it is looked for where none of them stands."""
        parts = QueryParts(pair.clean for pair in pairs)
        for place, one in enumerate(told):
            for number in parts.within(one.clean):
                self._longer.setdefault(self._told + number, set()).add(place)

    @cached_property
    def coverage(self) -> Coverage:
        """What the phrases weigh."""
        return Coverage(self.phrases, self._weights() if len(self.phrases) > 1 else {})

    def mark(self, article: Article) -> Highlights:
        """Find every place in an article's texts where a phrase stands, light words if nothing else does."""
        self._deadline.check(texts=0)
        found = self._places(article, range(self._light))
        if self._light < self._anywhere and not any(chain.from_iterable(found.values())):
            found = self._places(article, range(self._light, self._anywhere))
        return Highlights(self, article, found)

    def _places(self, article: Article, numbers: range) -> dict[str, list[list[FoundPlace]]]:
        return {
            field: [self._find(text, field, numbers) for text in article.texts(field)]
            for field in self.fields
        }

    def _find(self, text: str, field: str, numbers: range) -> list[FoundPlace]:
        wanted = [(n, self.phrases[n]) for n in numbers if self.phrases[n].field in {None, field}]
        whole = [_Stretch(0, text)]
        stretches = list(_stretches(text)) if len(text) > 2 * _STRETCH_CHARS else whole
        found: list[FoundPlace] = []
        there: set[int] = set()
        for number, phrase in wanted:
            if len(stretches) > 1:
                self._deadline.check(texts=0)
            if there.isdisjoint(self._longer.get(number, ())):
                places = [
                    FoundPlace(stretch.start + start, stretch.start + end, number)
                    for stretch in (whole if BORDER in phrase.text else stretches)
                    for start, end in spans(phrase, stretch.text, stretch.fold)
                ]
                if places:
                    there.add(number)
                    found += places
        for near in self._nears:
            if near.field in {None, field}:
                from searchlib.textmatch.proximity import near_places  # noqa: PLC0415 (few queries need it)

                beside = near_places(near, text, self._deadline)
                found += (FoundPlace(start, end, self.phrases.index(phrase)) for start, end, phrase in beside)
        return sorted(set(found), key=lambda place: (place.start, -place.end, place.phrase))


class _Stretch:
    """A part of a text and where it begins; it is folded once, and only when that is needed."""

    def __init__(self, start: int, text: str) -> None:
        self.start = start
        self.text = text
        self._mapped: Mapped | None = None

    def fold(self) -> Mapped:
        """Return the stretch folded, with its map."""
        if self._mapped is None:
            self._mapped = fold_with_map(self.text)
        return self._mapped


def _stretches(text: str) -> Iterator[_Stretch]:
    """
    Cut a long text at borders, which no phrase crosses that has none itself.

    To fold a text with a map takes a thousand times as long as to look through it,
    and few stretches need it: those with a character that folds to several.
    """
    start = 0
    while len(text) - start > 2 * _STRETCH_CHARS:
        cut = _CUT.search(text, start + _STRETCH_CHARS)
        if cut is None:
            break
        yield _Stretch(start, text[start : cut.end()])
        start = cut.end()
    yield _Stretch(start, text[start:])


@dataclass(frozen=True)
class Highlights:
    """An article's places: for each field a list for each of its texts, by place, longer ones first."""

    marker: Marker
    article: Article
    places: Mapping[str, list[list[FoundPlace]]]

    @property
    def headline_marks(self) -> tuple[Span, ...]:
        """The ranges of the headline that matched."""
        return merge_spans((place.start, place.end) for places in self.places["headline"] for place in places)

    @property
    def disjoint(self) -> dict[str, tuple[tuple[Mark, ...], ...]]:
        """For each field, for each of its texts, the places joined where they touch, with their phrases."""
        return {field: tuple(map(self._join, texts)) for field, texts in self.places.items() if texts}

    def _join(self, places: Iterable[FoundPlace]) -> tuple[Mark, ...]:
        found = sorted(places, key=lambda place: (place.start, -place.end, place.phrase))
        phrases = self.marker.phrases
        return tuple(
            Mark(
                start,
                end,
                tuple(dict.fromkeys(str(phrases[one.phrase]) for one in found if start <= one.start < end)),
            )
            for start, end in merge_spans((place.start, place.end) for place in found)
        )

    @property
    def why(self) -> str:
        """
        One line that says which phrases are where, and how often; another form with what it stands for.

        >>> from searchlib.query.parser import parse
        >>> tree = parse("党建引领", Analyzer(), match="auto", exact=False)
        >>> Marker(tree, Analyzer()).mark(Article(headline="党建引领", body="抓党建。")).why
        '党建引领: headline 1; 党建: headline 1, body 1; 引领: headline 1'
        """
        counts: dict[tuple[int, str], Counter[str]] = {}
        for field, texts in self.places.items():
            for text, places in zip(self.article.texts(field), texts, strict=True):
                for place in places:
                    shown = self._show(place.phrase, text[place.start : place.end])
                    counts.setdefault((place.phrase, shown), Counter())[field] += 1
        return "; ".join(
            f"{shown}: {', '.join(f'{field} {count}' for field, count in counts[number, shown].items())}"
            for number, shown in sorted(
                counts, key=lambda one: (one[0], one[1] != str(self.marker.phrases[one[0]]))
            )
        )

    def _show(self, number: int, there: str) -> str:
        """Return a phrase, and when it is there in another form that form as well: 黨建 (=党建)."""
        phrase = self.marker.phrases[number]
        if there == phrase.clean or phrase.is_loose:
            return str(phrase)
        written = fold(there)
        if written == phrase.text.strip("\n "):
            return str(phrase)
        asked = replace(phrase, field=None, quoted=False)
        return str(replace(phrase, clean=written, of=phrase.of or str(asked)))


def merge_spans(places: Iterable[Span]) -> tuple[Span, ...]:
    """Join places that touch or overlap, so that marks never do."""
    result: list[Span] = []
    for start, end in sorted(places):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
