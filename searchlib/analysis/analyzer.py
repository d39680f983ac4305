"""
The one analyzer of index and query: text to words, with offsets and positions.

Han runs are cut by jieba after the script is folded. Letters and digits are
cut by our own rule: a unit such as `5G`, `Wi-Fi`, `89.09%` or `2024-2028` is a
word as a whole and in each of its parts. Words are for ranking; what is found
rests on `folding` alone, so no cut can lose an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache, partial

from searchlib.analysis.folding import (
    HAN,
    LETTER,
    NUMBER,
    clean_with_map,
    simplify,
)
from searchlib.analysis.grams import MAX_TERM_CHARS
from searchlib.analysis.kept_probe import kept_probe
from searchlib.analysis.words import (
    Cut,
    cache_folder,
    dictionary_digest,
    engine_asked_for,
    engine_name,
    load_cut,
    load_dictionary,
    words_of_han,
)
from searchlib.lazy import lazy_pattern
from searchlib.model import Token

SETTINGS = "nfkc-casefold,signs-2,t2s-2,accents-1,jieba-precise-nohmm,compound-1"
"""Names every decision that changes a token; part of the fingerprint."""

_PROBE = (
    "研究生命的起源，中国科学院计算技术研究所发布新闻；黨建引領基層治理。"
    "本报8月9日讯 联东U谷建成5G基站19家，用户满意率89.09%（2024—2028年）。"
    "乔治·华盛顿在查干湖冬捕節，結合成分子時，Wi-Fi ready。"
    "Café Zürich，Đà Nẵng，气温5℃。"
    "合同价500，2024年完工；1,234.5元，1,3,5号线，①2024年，10³次，½杯，2024.8.9，二○二四年。"
    "<网格>`治理´，J•K罗琳，5•12地震，二o二一年，二零○五年。"
    "卡尔•马克思，〝网格〞长，⻓江⼤桥通⻋，靑島故鄕，钱锺书，零\u034f宽\u00ad度。"
)
_SHORT_CHARS = 50_000
"""As many characters as the dictionary's file cuts in the time in which the engine is loaded (60 ms)."""

_PART = rf"(?:{LETTER})+|{NUMBER}"
COMPOUND = rf"(?![-&/_.])(?:[-&/_.]?(?:{_PART}))+[%‰]?"
WORD_TEXT = rf"(?P<han>[{HAN}]+)|(?P<compound>{COMPOUND})"
WORD = lazy_pattern(WORD_TEXT)
_PARTS = lazy_pattern(_PART)


@lru_cache(maxsize=1 << 16)
def compound_words(compound: str) -> list[tuple[str, int, int, int]]:
    """
    Return the words of a unit of letters and digits: the whole, when it has parts, then the parts.

    Each comes with its start and end in the unit and, for the whole, the number of its parts.

    >>> [word for word, *_ in compound_words("wi-fi")], [word for word, *_ in compound_words("wifi")]
    (['wi-fi', 'wi', 'fi'], ['wifi'])
    """
    parts = [(m.group()[:MAX_TERM_CHARS], m.start(), m.end(), 0) for m in _PARTS.finditer(compound)]
    if len(parts) == 1 and parts[0][2] == len(compound):
        return parts
    return [(compound[:MAX_TERM_CHARS], 0, len(compound), len(parts)), *parts]


class Analyzer:
    """
    Cuts text into tokens.

    The first few thousand characters of a question are cut by the dictionary's file, as
    queries and their answers need it; who cuts more loads the engine. Which of
    the two it was, `probe` can tell.
    """

    def __init__(self, engine: str | None = None) -> None:
        """*engine* is `"jieba"`, `"rjieba"` or None for the faster one installed."""
        self._engine = engine
        self.begin()
        self._probes: dict[Cut, str] = {}

    def begin(self) -> None:
        """Begin another question: a server's thousandth one must not pay for what those before have cut."""
        self._left = 0 if self.is_engine_asked_for else _SHORT_CHARS

    @cached_property
    def cut(self) -> Cut:
        """The engine's cutting function: what is not of jieba's Han comes back character by character."""
        return load_cut(self._engine)

    def load(self) -> None:
        """Load the engine for much text to come; from now on it cuts, and the probe tells of it."""
        load_dictionary()  # made here, before the first query wants it
        _ = self.cut

    @property
    def engine(self) -> str:
        """The engine that cuts long texts, `jieba` or `rjieba`."""
        return engine_name(self._engine)

    @property
    def is_engine_asked_for(self) -> bool:
        """Whether a certain engine must cut, and not whatever gives the same words."""
        return bool(self._engine or engine_asked_for())

    def _cutter_for(self, chars: int) -> Cut:
        """Return what cuts the next *chars* characters."""
        if self._left > 0 and "cut" not in self.__dict__:
            dictionary = load_dictionary()
            if dictionary is not None:
                self._left -= chars
                return dictionary.cut
        return self.cut

    def tokenize(self, text: str) -> list[Token]:
        """
        Cut *text* into words with their places.

        Offsets never go back; `position` counts words; a compound is before
        its parts and takes as many positions as they do.

        >>> [t.text for t in Analyzer().tokenize("联东U谷用5G")]
        ['联东', 'u', '谷', '用', '5g', '5', 'g']
        """
        return self._tokens(text, self._cutter_for(len(text)))

    def _tokens(self, text: str, cut: Cut) -> list[Token]:
        clean = clean_with_map(text)
        tokens: list[Token] = []
        position = 0
        for word, start, end, parts in _words(clean.text, cut):
            tokens.append(Token(word, *clean.span(start, end), position, max(1, parts)))
            if not parts:
                position += 1
        return tokens

    def words(self, clean: str) -> list[str]:
        """Return the words of a text that `clean_text` made: what `tokenize` gives, without the places."""
        cut = self._cutter_for(len(clean))
        found: list[str] = []
        for match in WORD.finditer(simplify(clean)):  # of which no character becomes one of another kind
            if match.lastgroup == "han":
                found += words_of_han(match.group(), cut)
            else:
                found += (word for word, *_ in compound_words(match.group()))
        return found

    def places(self, clean: str) -> list[tuple[str, int, int]]:
        """Return what `words` does, each word with its start and end in *clean*."""
        return [(word, start, end) for word, start, end, _ in _words(clean, self._cutter_for(len(clean)))]

    def han_words(self, run: str) -> list[str]:
        """Cut a run of Han as the index does, each word written as it is in the run."""
        words: list[str] = []
        start = 0
        for word in words_of_han(simplify(run), self._cutter_for(len(run))):
            words.append(run[start : start + len(word)])
            start += len(word)
        return words

    @property
    def probe(self) -> str:
        """A hash of the tokens of a fixed text: two analyzers that agree on it cut alike."""
        cut = self._cutter_for(0)
        if cut not in self._probes:
            dictionary = load_dictionary()
            is_kept = dictionary is not None and cut == dictionary.cut
            made_of = (_PROBE, dictionary.stamp) if dictionary is not None else ()
            probed = partial(self._run_probe, cut)
            self._probes[cut] = kept_probe(cache_folder() if is_kept else None, made_of, probed)
        return self._probes[cut]

    def _run_probe(self, cut: Cut) -> str:
        from hashlib import blake2b  # noqa: PLC0415 (the probe is kept)

        tokens = "|".join(f"{t.text}:{t.start}:{t.end}:{t.position}" for t in self._tokens(_PROBE, cut))
        return blake2b(tokens.encode(), digest_size=8).hexdigest()

    @property
    def fingerprint(self) -> dict[str, str]:
        """What an index must share with the analyzer that asks it."""
        return {"settings": SETTINGS, "dictionary": dictionary_digest(), "probe": self.probe}


def _words(clean: str, cut: Cut) -> Iterator[tuple[str, int, int, int]]:
    """Yield word, start, end and, for a compound, the number of its parts, which follow it."""
    for match in WORD.finditer(clean):
        start = match.start()
        if match.lastgroup == "han":
            for word in words_of_han(simplify(match.group()), cut):
                yield word, start, start + len(word), 0
                start += len(word)
            continue
        for word, first, last, parts in compound_words(simplify(match.group())):
            yield word, start + first, start + last, parts
