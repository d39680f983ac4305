"""
Did you mean: how often is a misspelt query put right, and a right one left alone?

    python tests/benchmarks/misspelt.py DOCS [--queries 100] [--seed 7] [-v]
    python tests/benchmarks/misspelt.py DOCS --questions FILE [--strange FILE]

DOCS is a file or folder of articles, or an index of them.
A query is three to ten characters of Han in a row from a headline, cut at jieba's
words, as a reader would type them. Each kind of slip is made in as many queries, at a
place drawn by chance; a slip that makes another text of the same index is drawn anew.
Right is only the suggestion that gives the part of the headline back, letter for letter.

Of right queries there are two draws, 500 of each: pieces of headlines as above, and words joined
as people do, which stand nowhere as one piece: two or three of one headline with others left out
between them, or one of a headline and one or two of the beginning of its article.

With `--questions` whole questions about the articles (`{"text"}` a line) are asked in place of these, such as
`tests/benchmarks/questions_news20k.jsonl`: right, and with a slip in one of their words, once of each kind.
`--strange` are questions about what the articles do not tell, such as those of another collection: nothing
should be suggested for them.

The last line is a digest of all that was offered: equal in every run, however busy the machine is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks, as in the tests

import searchlib
from benchmarks.records import prepare, read
from searchlib.analysis import Analyzer, clean_text, simplify
from searchlib.analysis.folding import HAN
from searchlib.analysis.glyphs import look_alikes
from searchlib.analysis.phonetics import sound_alikes
from searchlib.analysis.stopwords import is_question_word, stopword_weight

Draw = random.Random
Slip = Callable[[str, Draw], str]

_ROW = re.compile(f"[{HAN}]{{3,}}")
_HAN = re.compile(f"[{HAN}]+")
_LATIN = re.compile("[A-Za-z]{5,}")
_LEAST, _MOST = 3, 10
_COMMON = 0x9FFF
_TRIES = 50
_RIGHT = 500
_BEGINNING = 200
_LONGEST_JOINED = 12
_LEAST_RIGHT, _LEAST_SILENT = 0.89, 0.98


def _changed(text: str, draw: Draw, others: Callable[[str], list[str]]) -> str:
    place = draw.randrange(len(text))
    found = others(text[place])
    return text[:place] + draw.choice(found) + text[place + 1 :] if found else text


def _in_gb2312(chars: list[str]) -> list[str]:
    """Keep what an input method offers: no rare characters."""
    return [char for char in chars if _is_gb2312(char)]


def _is_gb2312(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def homophone(text: str, draw: Draw) -> str:
    """Another character of the same syllable."""
    return _changed(text, draw, lambda char: _in_gb2312([c for c, same in sound_alikes(char) if same]))


def near_sound(text: str, draw: Draw) -> str:
    """A character of a syllable that is often confused: zh and z, -ng and -n, l and n."""
    return _changed(text, draw, lambda char: _in_gb2312([c for c, same in sound_alikes(char) if not same]))


def shape(text: str, draw: Draw) -> str:
    """A character that looks alike."""
    return _changed(text, draw, lambda char: _in_gb2312(list(look_alikes(char))))


def swapped(text: str, draw: Draw) -> str:
    """Two neighbours the other way round."""
    place = draw.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def missing(text: str, draw: Draw) -> str:
    """A character left out, neither the first nor the last: the rest would be a right query."""
    place = draw.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1 :]


def doubled(text: str, draw: Draw) -> str:
    """A character typed twice."""
    place = draw.randrange(len(text))
    return text[:place] + text[place] + text[place:]


def random_character(text: str, draw: Draw) -> str:
    """Any character of the headlines in the place of one, as bad OCR has it."""
    return _changed(
        text, draw, lambda char: [c for c in "的一国在人了有中是年和大业不为发会工经上地市要" if c != char]
    )


SLIPS: dict[str, Slip] = {
    function.__name__: function
    for function in (homophone, near_sound, shape, swapped, missing, doubled, random_character)
}


def right_queries(headlines: list[str], draw: Draw) -> Iterator[str]:
    """Yield parts of headlines as they might be typed."""
    analyzer = Analyzer()
    while True:
        rows = _ROW.findall(simplify(draw.choice(headlines)))
        if not rows:
            continue
        words = analyzer.han_words(draw.choice(rows))
        first = draw.randrange(len(words))
        last = draw.randrange(first, len(words))
        text = "".join(words[first : last + 1])
        if _LEAST <= len(text) <= _MOST:
            yield text


def latin_queries(headlines: list[str], draw: Draw) -> Iterator[tuple[str, str]]:
    """Yield words of letters from headlines with a letter swapped, left out or doubled."""
    words = sorted({word for headline in headlines for word in _LATIN.findall(headline)})
    while words:
        word = draw.choice(words)
        place = draw.randrange(1, len(word) - 1)
        yield (
            word,
            draw.choice(
                [
                    word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                    word[:place] + word[place + 1 :],
                    word[:place] + word[place] + word[place:],
                ]
            ),
        )


def joined_queries(texts: list[tuple[str, str]], draw: Draw) -> Iterator[str]:
    """Yield two or three words of one article, its headline and the beginning of its body, without spaces."""
    analyzer = Analyzer()

    def words(text: str) -> list[str]:
        found = [word for word, *_ in analyzer.places(clean_text(text)) if len(word) > 1]
        return [word for word in dict.fromkeys(found) if word.isalpha() and stopword_weight(word) == 1]

    while True:
        headline, body = draw.choice(texts)
        first = words(headline)
        others = words(body[:_BEGINNING]) if draw.random() < 1 / 2 else first
        count = draw.choice([2, 2, 3])
        if len(first) < count or len(others) < count:
            continue
        if others is first:
            places = sorted(draw.sample(range(len(first)), count))
            chosen = [first[place] for place in places]
        else:
            chosen = [draw.choice(first), *draw.sample(others, count - 1)]
        text = "".join(chosen)
        if len(set(chosen)) == count and len(text) <= _LONGEST_JOINED and text[0] != text[-1]:
            yield text


class Asking:
    """Asks queries; remembers how long each took, and a digest of all answers."""

    def __init__(self, index: searchlib.Index) -> None:
        self._index = index
        self.times: list[float] = []
        self.digest = hashlib.blake2b(digest_size=8)

    def offered(self, query: str) -> str | None:
        """Return what is suggested for a query."""
        start = time.perf_counter()
        suggestion = self._index.search(query, snippets=0).suggestion
        self.times.append(time.perf_counter() - start)
        self.digest.update(f"{query}: {suggestion}\n".encode())
        return suggestion

    def figures(self) -> dict[str, Any]:
        """Return the times and the digest."""
        times = sorted(self.times)
        return {
            "median ms": times[len(times) // 2] * 1000,
            "slowest ms": times[-1] * 1000,
            "digest": self.digest.hexdigest(),
        }

    def is_there(self, text: str) -> bool:
        """Return whether a text occurs in one piece."""
        return bool(self._index.search(searchlib.quote(text), match="all", limit=1, snippets=0))


def misspelt_queries(
    kind: str, right: Iterator[str], latin: Iterator[tuple[str, str]], draw: Draw
) -> Iterator[tuple[str, str]]:
    """Yield right queries, each with a slip of one kind made in it."""
    while True:
        if kind == "letters":
            yield next(latin, ("", ""))
        else:
            query = next(right)
            yield query, SLIPS[kind](query, draw)


def measure(index: searchlib.Index, count: int, seed: int, *, verbose: bool) -> dict[str, Any]:
    """Ask misspelt and right queries; return the shares."""
    draw = random.Random(seed)
    texts = [(article.headline, article.body) for article in index if article.headline]
    headlines = [headline for headline, _ in texts]
    queries, latin = right_queries(headlines, draw), latin_queries(headlines, draw)
    asking = Asking(index)
    figures: dict[str, Any] = {}
    right_all = asked_all = 0
    for kind in [*SLIPS, "letters"]:
        drawn = islice(misspelt_queries(kind, queries, latin, draw), count * _TRIES)
        wrongs = ((query, wrong) for query, wrong in drawn if wrong != query and not asking.is_there(wrong))
        right = asked = 0
        for query, wrong in islice(wrongs, count):
            asked += 1
            found = asking.offered(wrong)
            is_right = found is not None and found.casefold() == query.casefold()
            right += is_right
            if verbose and not is_right:
                _say(f"  {kind}: {query} typed {wrong}: {found}")
        figures[kind] = f"{right}/{asked}"
        right_all, asked_all = right_all + right, asked_all + asked
    figures["right correction first"] = right_all / asked_all
    figures["misspelt"] = asked_all
    joined = (query for query in joined_queries(texts, draw) if not asking.is_there(query))
    for name, rights in (("pieces", queries), ("joined", joined)):
        offers = [(query, asking.offered(query)) for query in islice(rights, _RIGHT)]
        for query, found in offers:
            if verbose and found:
                _say(f"  right, {name}: {query}: {found}")
        silent = sum(found is None for _, found in offers)
        figures[f"no suggestion for {_RIGHT} right {name}"] = silent / _RIGHT
    return figures | asking.figures()


def slips_in_words(questions: Sequence[str], slip: Slip, draw: Draw) -> Iterator[tuple[str, str]]:
    """Yield each question, and with a slip in one of its content words of Han."""
    analyzer = Analyzer()
    for question in questions:
        places = [
            (start, end)
            for word, start, end in analyzer.places(question)
            if end - start > 1
            and stopword_weight(word) == 1
            and not is_question_word(word)
            and _HAN.fullmatch(word)
        ]
        if slip is missing:
            places = [(start, end) for start, end in places if end - start > 2]
        if places:
            start, end = draw.choice(places)
            yield question, question[:start] + slip(question[start:end], draw) + question[end:]


def measure_questions(
    index: searchlib.Index, questions: Sequence[str], strange: Sequence[str], seed: int, *, verbose: bool
) -> dict[str, Any]:
    """Ask questions with and without slips; return how many were put right, put wrong, and left alone."""
    draw, asking = random.Random(seed), Asking(index)
    figures: dict[str, Any] = {}
    totals: Counter[str] = Counter()
    for kind, slip in SLIPS.items():
        counts: Counter[str] = Counter()
        for question, wrong in slips_in_words(questions, slip, draw):
            if wrong != question:
                found = asking.offered(wrong)
                said = "none" if found is None else "right" if found == question else "wrong"
                counts[said] += 1
                if verbose and said != "right":
                    _say(f"  {kind}: {question} typed {wrong}: {found}")
        figures[kind] = f"{counts['right']} right, {counts['wrong']} wrong, of {counts.total()}"
        totals += counts
    figures["with a slip"] = f"{totals['right']} right, {totals['wrong']} wrong, of {totals.total()}"
    for name, asked in (("right questions", questions), ("strange questions", strange)):
        offers = [(question, asking.offered(question)) for question in asked]
        for question, found in offers:
            if verbose and found:
                _say(f"  {name}: {question}: {found}")
        figures[f"{name} with a suggestion"] = (
            f"{sum(found is not None for _, found in offers)} of {len(asked)}"
        )
    return figures | asking.figures()


def _texts(path: Path | None) -> list[str]:
    """Return the texts of a file of questions, each once."""
    lines = path.read_text("utf-8").splitlines() if path else []
    return list(dict.fromkeys(json.loads(line)["text"] for line in lines))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Measure and print; fail below `_LEAST_RIGHT` and `_LEAST_SILENT`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path, help="articles, or an index that holds them")
    parser.add_argument("--queries", type=int, default=100, help="of each kind")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--questions", type=Path, help="questions about the articles, asked in place of pieces"
    )
    parser.add_argument("--strange", type=Path, help="questions about something else")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        is_index = (options.docs / "searchlib.json").exists()
        with searchlib.open(options.docs if is_index else Path(place) / "index") as index:
            if not is_index:
                records = Path(place) / "records.jsonl"
                prepare(options.docs, records)
                index.add(
                    {"id": r.id, "headline": r.title, "body": r.body, "date": r.date or None}
                    for r in read(records)
                )
            if options.questions:
                asked, strange = _texts(options.questions), _texts(options.strange)
                figures = measure_questions(index, asked, strange, options.seed, verbose=options.verbose)
            else:
                figures = measure(index, options.queries, options.seed, verbose=options.verbose)
    for name, value in figures.items():
        _say(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")
    if options.questions:
        return 0
    is_good = figures["right correction first"] >= _LEAST_RIGHT
    silent = [value for name, value in figures.items() if name.startswith("no suggestion")]
    return 0 if is_good and min(silent) >= _LEAST_SILENT else 1


if __name__ == "__main__":
    sys.exit(main())
