"""One walk through a tree: each phrase gets its other forms."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, islice, product

from searchlib.analysis import Analyzer, simplify
from searchlib.expansion.equivalences import may_vary
from searchlib.expansion.latin import latin_words
from searchlib.expansion.lexicon import Lexicon
from searchlib.expansion.numerals import Varied, numbers
from searchlib.expansion.temperatures import temperatures
from searchlib.expansion.variants import keeping, variants
from searchlib.frozen import replace
from searchlib.lazy import lazy_pattern
from searchlib.query.characters import KEPT_CHARACTERS
from searchlib.query.nodes import And, Near, Not, Or, Phrase, Query, Run, Should, Terms
from searchlib.query.pieces import pieces

MOST_CHARS = 500
"""A longer phrase, a page that was pasted, has no other forms: each is a pattern as long as itself."""
MOST_FORMS = 40
"""A phrase with several numbers in it has products of forms; the likely ones come first."""

MOST_PARTS = 200
"""Maximum number of parts of a plain text that get other forms: a pasted table has thousands."""

_LATIN = lazy_pattern("[a-z]+|[0-9]+")
_FIGURE_BEFORE = lazy_pattern(r"(?<![0-9a-z])(?<![0-9][.,])([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) ?\Z")
_NUMBERED_WORD = lazy_pattern(r"[a-z][-.,0-9]*[0-9]\Z")
_READERS = {
    "numbers": lambda text: chain(temperatures(text), numbers(text)),
    "latin": latin_words,
    "script": variants,
}


def has_forms(text: str) -> bool:
    """
    Return whether anything of a clean and simplified text has other forms, the user's synonyms apart.

    >>> has_forms("二十四"), has_forms("一下"), has_forms("看着")
    (True, False, True)
    """
    return any(True for read in _READERS.values() for _ in read(text))


class Expander:
    """One walk through one tree."""

    def __init__(self, kinds: frozenset[str], analyzer: Analyzer, lexicon: Lexicon) -> None:
        self._kinds = kinds
        self._analyzer = analyzer
        self._lexicon = lexicon
        is_spaced = "latin" not in kinds
        self._spaced = None if is_spaced == ("script" not in kinds) else is_spaced
        self._needs_all = self._spaced is not None or bool(lexicon)

    def tree(self, tree: Query) -> Query:
        """Return a tree with the other forms of its phrases."""
        if isinstance(tree, Phrase):
            return self.phrase(tree)
        if isinstance(tree, Run):
            return self._expand_run(tree)
        if isinstance(tree, Terms):
            return self._terms(tree)
        if isinstance(tree, Near):
            sides = tuple(tuple(map(self.phrase, side)) for side in tree.sides)
            return replace(tree, sides=sides)
        if isinstance(tree, And):
            children = self._pairs([self.tree(child) for child in tree.subqueries])
            return And(children) if len(children) > 1 else children[0]
        if isinstance(tree, Or):
            return Or([self.tree(child) for child in tree.subqueries])
        return type(tree)(self.tree(tree.query)) if isinstance(tree, (Not, Should)) else tree

    def phrase(self, phrase: Phrase) -> Phrase:
        """Return a phrase with its other forms."""
        if not self._needs_all and not may_vary(phrase.clean):
            return phrase
        phrase = replace(
            phrase,
            spaced=self._spaced,
            kept=self._keep(phrase),
            user_words=self._user_words(phrase.clean),
        )
        is_open = phrase.is_loose or phrase.open_start or phrase.open_end
        stays = is_open or len(phrase.clean) > MOST_CHARS
        return phrase if stays else self._with(phrase, self._find_varied(simplify(phrase.clean)))

    def forms(self, clean: str) -> tuple[list[str], bool]:
        """Return how else a clean phrase is written that is not loose, and whether that is as a number."""
        text = simplify(clean)
        if len(clean) > MOST_CHARS or not (self._needs_all or may_vary(clean, text)):
            return [], False
        varied = self._find_varied(text)
        forms = list(islice(_combine(clean, varied), MOST_FORMS))
        return forms, bool(forms) and any(one.number for one in varied)

    def _with(self, phrase: Phrase, varied: Sequence[Varied]) -> Phrase:
        """Return a phrase with its other forms."""
        forms = list(islice(_combine(phrase.clean, varied), MOST_FORMS))
        is_number = any(one.number for one in varied)
        equals = tuple(
            replace(phrase, clean=form, of=_show(phrase), whole_number=is_number, user_words=())
            for form in forms
        )
        return replace(phrase, equals=equals)

    def _expand_run(self, run: Run) -> Run:
        whole = self.phrase(run.whole)
        parts = tuple(self.phrase(piece) for piece in run.pieces)
        if not whole.equals:
            return Run(whole, parts)
        across = [
            one
            for one in self._find_varied(simplify(whole.clean))
            if not any(whole.clean[one.start : one.end] in piece.clean for piece in parts)
        ]
        return Run(whole, parts, self._cut_again(whole, across) if across else ())

    def _cut_again(self, whole: Phrase, across: Sequence[Varied]) -> tuple[Phrase, ...]:
        """Cut a run anew, so that what has other forms is in one piece."""
        found: list[Phrase] = []
        done = 0
        for one in [*across, Varied(len(whole.clean), len(whole.clean), ())]:
            between = pieces(whole.clean[done : one.start], self._analyzer) if one.start > done else []
            found += [
                self.phrase(Phrase(piece, whole.field, whole.exact, boost=whole.boost)) for piece in between
            ]
            if one.forms:
                literal = Phrase(
                    whole.clean[one.start : one.end],
                    whole.field,
                    whole.exact,
                    spaced=self._spaced,
                    boost=whole.boost,
                )
                found.append(self._alone(literal, one))
            done = one.end
        return tuple(dict.fromkeys(found))

    def _terms(self, leaf: Terms) -> Terms:
        parts = [
            self._alone(Phrase(text, None, leaf.exact, spaced=self._spaced), one)
            for text, one in self.parts(leaf.clean, simplify(leaf.clean))
        ]
        return replace(leaf, parts=tuple(dict.fromkeys(parts)), user_words=self._user_words(leaf.clean))

    def parts(self, clean: str, text: str) -> list[tuple[str, Varied]]:
        """Return what of a plain text has other forms, each part once; *text* is the same simplified."""
        varied = {(clean[one.start : one.end], one.forms): one for one in self._find_varied(text)}
        return [(text, one) for (text, _), one in islice(varied.items(), MOST_PARTS)]

    def _alone(self, literal: Phrase, one: Varied) -> Phrase:
        """Return a part of a text by itself with its other forms."""
        return self._with(literal, [Varied(0, one.end - one.start, one.forms, one.number)])

    def _pairs(self, children: list[Query]) -> list[Query]:
        """Take two Latin words side by side, and no more of them, as one that may be written together."""
        if "latin" not in self._kinds:
            return children
        found: list[Query] = []
        row: list[Phrase] = []
        for child in [*children, None]:
            if isinstance(child, Phrase) and _is_latin(child) and (not row or _alike(child, row[0])):
                row.append(child)
                continue
            found += self._join_pair(row) if len(row) == 2 else row  # noqa: PLR2004
            row = [child] if isinstance(child, Phrase) and _is_latin(child) else []
            if child is not None and not row:
                found.append(child)
        return found

    def _join_pair(self, row: list[Phrase]) -> list[Query]:
        first, second = row
        whole = self.phrase(replace(first, clean=f"{first.clean} {second.clean}", equals=()))
        return [Run(whole, (first, second))] if whole.equals else list(row)

    def _keep(self, phrase: Phrase) -> tuple[str, ...]:
        if "script" not in self._kinds or frozenset(KEPT_CHARACTERS).isdisjoint(phrase.clean):
            return ()
        return keeping(phrase.clean, self._analyzer.han_words(phrase.clean))

    def _user_words(self, clean: str) -> tuple[str, ...]:
        text = simplify(clean)
        return tuple(dict.fromkeys(text[start:end] for start, end in self._lexicon.words_in(text)))

    def _find_varied(self, text: str) -> list[Varied]:
        """Return what of a simplified text has other forms, in order; synonyms go before numbers."""
        starts: list[int] = []
        found: dict[int, Varied] = {}
        read = [
            self._with_synonyms(one)
            for kind, read in _READERS.items()
            if kind in self._kinds
            for one in read(text)
        ]
        for one in chain(self._find_measures(text), self._synonyms(text), read):
            same = found.get(one.start)
            if same is not None and same.end == one.end:
                found[one.start] = same._replace(
                    forms=same.forms + one.forms, number=same.number or one.number
                )
                continue
            place = bisect_left(starts, one.start)  # those found do not overlap: two neighbours tell
            is_free = not place or found[starts[place - 1]].end <= one.start
            if is_free and (place == len(starts) or one.end <= starts[place]):
                starts.insert(place, one.start)
                found[one.start] = one
        return [found[start] for start in starts]

    def _with_synonyms(self, one: Varied) -> Varied:
        """Add the synonyms of another form: those of Wi-Fi are WiFi's too."""
        if "synonyms" not in self._kinds or not self._lexicon.synonyms:
            return one
        others = (other for form in one.forms for other in self._lexicon.synonyms.get(form, ()))
        return one._replace(forms=one.forms + tuple(others))

    def _forms_of(self, other: str) -> Iterator[str]:
        """Yield a synonym and, when it is one word of letters, how else it is written."""
        yield other
        if "latin" in self._kinds:
            for one in latin_words(other):
                if one[:2] == (0, len(other)):
                    yield from one.forms

    def _synonyms(self, text: str) -> Iterator[Varied]:
        """Yield what has synonyms, where no word of the dictionary lies across its ends."""
        if "synonyms" not in self._kinds or not self._lexicon.synonyms:
            return
        for start, end in self._lexicon.synonyms_in(text):
            if _NUMBERED_WORD.search(text[:start]):  # the b of b2b is no unit
                continue
            if (start, end) == (0, len(text)) or not self._is_cut(text, start, end):
                others = self._lexicon.synonyms[text[start:end]]
                yield Varied(start, end, tuple(chain.from_iterable(map(self._forms_of, others))))

    def _find_measures(self, text: str) -> Iterator[Varied]:
        """Yield the numbers before a unit that has synonyms, with the unit: 1000kg is 一千公斤 too."""
        for unit in self._synonyms(text) if "numbers" in self._kinds else ():
            figure = _FIGURE_BEFORE.search(text[: unit.start])
            if figure is None:
                continue
            number, forms = figure[1], list[str]()
            for other in (text[unit.start : unit.end], *unit.forms):
                read = next((one for one in numbers(number + other) if one[:2] == (0, len(number))), None)
                forms += [amount + other for amount in (number, *(read.forms if read else ()))]
            start, end = figure.start(1), unit.end
            others = (form for form in dict.fromkeys(forms) if form != text[start:end])
            yield Varied(start, end, tuple(others), number=True)

    def _is_cut(self, text: str, start: int, end: int) -> bool:
        """Return whether a word of the dictionary lies across one of two places of a text."""
        first = 0
        for word in self._analyzer.han_words(text):
            last = first + len(word)
            if first < start < last or first < end < last:
                return True
            first = last
        return False


def _is_latin(phrase: Phrase) -> bool:
    return not (phrase.quoted or phrase.is_loose) and _LATIN.fullmatch(phrase.clean) is not None


def _alike(first: Phrase, second: Phrase) -> bool:
    return (first.field, first.boost) == (second.field, second.boost)


def _show(phrase: Phrase) -> str:
    return phrase.clean.replace("\n", " ").strip()


def _combine(clean: str, varied: Sequence[Varied]) -> Iterator[str]:
    """Yield a text with its parts in other forms: first all parts in their first, second, third form."""
    seen = {clean}
    choices = [(clean[one.start : one.end], *one.forms) for one in varied]
    alike = [tuple(options[min(place, len(options) - 1)] for options in choices) for place in range(1, 4)]
    for forms in chain(alike, islice(product(*choices), MOST_FORMS * 2)):
        form = _substitute(clean, varied, forms)
        if form not in seen:
            seen.add(form)
            yield form


def _substitute(clean: str, varied: Sequence[Varied], forms: Sequence[str]) -> str:
    done, text = 0, ""
    for one, form in zip(varied, forms, strict=True):
        text += clean[done : one.start] + form
        done = one.end
    return text + clean[done:]
