"""Every call that reads articles ends when its time is over or it is cancelled, and says what was reached."""

from __future__ import annotations

import math
import pickle
import threading
from collections.abc import Callable
from typing import Any

import pytest
from conftest import MakeIndex

from searchlib import ConfigError, Index, SearchCancelledError, SearchTimeoutError
from searchlib.deadline import NO_DEADLINE, Deadline

COUNT = 60
Call = Callable[[Index, dict[str, Any]], object]

CALLS: dict[str, Call] = {
    "search": lambda index, ends: index.search('"，中"', **ends).total,
    "phrase": lambda index, ends: index.search('"中国梦想"', **ends).load(),
    "reprints": lambda index, ends: index.search("中国", group="reprints", **ends).load(),
    "facets": lambda index, ends: index.search('"，中"', facets=["month"], limit=0, **ends),
    "load": lambda index, ends: index.search("中国", **ends).load(),
    "snippet": lambda index, ends: index.search("中国", **ends)[0].snippet,
    "near": lambda index, ends: index.search(" NEAR/100 ".join(["的"] * 8), **ends).load(),
    "kwic": lambda index, ends: index.kwic("中国", **ends),
    "collocates": lambda index, ends: index.collocates("的", **ends),
    "telling_words": lambda index, ends: index.telling_words("中国", **ends),
    "word_list": lambda index, ends: index.word_list("中国", **ends),
    "trend": lambda index, ends: index.trend('"，中"', **ends),
    "like": lambda index, ends: index.like("7", **ends).load(),
}


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Articles that must be read to be answered about."""
    text = "他说，中国的梦想是中国人的梦，想的是中国的发展。中国梦想。"
    return make_index(
        *(
            {
                "id": n,
                "headline": f"中国{n}",
                "body": f"{text}第{n}。" * 3,
                "date": f"2024-{n % 12 + 1:02}-01",
            }
            for n in range(COUNT)
        ),
        *({"id": f"x{n}", "body": "湖水清清。"} for n in range(COUNT)),
    )


class Counting:
    """An event that is set when it has been looked at some times."""

    def __init__(self, after: int = 10**9) -> None:
        self.looks = 0
        self._after = after

    def is_set(self) -> bool:
        """Return whether it has been looked at often enough."""
        self.looks += 1
        return self.looks > self._after


@pytest.mark.parametrize("name", CALLS)
def test_a_call_can_be_cancelled(index: Index, name: str) -> None:
    """Each looks at the event again and again, and ends at whichever look finds it set."""
    counting = Counting()
    expected = CALLS[name](index, {"cancel": counting})
    assert counting.looks > 1, "it is not looked at while articles are read"
    assert CALLS[name](index, {}) == expected
    for after in sorted({0, 1, counting.looks // 2, counting.looks - 1}):
        with pytest.raises(SearchCancelledError, match=r"cancelled, \d+ texts read") as caught:
            CALLS[name](index, {"cancel": Counting(after)})
        assert 0 <= caught.value.texts_read <= after
    set_before = threading.Event()
    set_before.set()
    with pytest.raises(SearchCancelledError, match="cancelled, 0 texts read"):
        CALLS[name](index, {"cancel": set_before})


@pytest.mark.parametrize("name", CALLS)
def test_a_call_ends_in_time(index: Index, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock that goes a second at each look."""
    clock = iter(range(10**9))
    monkeypatch.setattr("searchlib.deadline.time.monotonic", lambda: float(next(clock)))
    with pytest.raises(SearchTimeoutError, match=r"not done after 0\.5 s, 0 texts read") as caught:
        CALLS[name](index, {"timeout": 0.5})
    assert caught.value.timeout_s == 0.5
    assert CALLS[name](index, {"timeout": 10**6}) == CALLS[name](index, {})


@pytest.mark.parametrize("name", ["kwic", "collocates", "telling_words", "word_list"])
def test_what_was_found_is_handed_over(index: Index, name: str) -> None:
    """Lines as far as they were found, words of the articles read so far."""
    counting = Counting()
    whole: Any = CALLS[name](index, {"cancel": counting})
    with pytest.raises(SearchCancelledError) as caught:
        CALLS[name](index, {"cancel": Counting(counting.looks - 5)})
    part = caught.value.partial
    assert part
    assert type(part[0]) is type(whole[0])
    if name == "kwic":
        assert part == whole[: len(part)]
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 (our own)
    assert (str(again), again.partial) == (str(caught.value), part)


def test_what_is_computed_later_has_as_long_again(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is looked at late is not too late; `load` has one time for all."""
    now = [0.0]
    monkeypatch.setattr("searchlib.deadline.time.monotonic", lambda: now[0])
    results = index.search("中国", timeout=1)
    now[0] = 100.0
    assert results.total == COUNT
    assert results[0].snippet
    now[0] = 200.0

    real = Deadline.check

    def slow(self: Deadline, texts: int = 1) -> None:
        now[0] += 0.3 * texts
        real(self, texts)

    monkeypatch.setattr(Deadline, "check", slow)
    assert results[1].article.id
    with pytest.raises(SearchTimeoutError):
        results.load()


@pytest.mark.parametrize("wrong", [0, -1, math.nan, -math.inf])
def test_a_time_that_is_none(index: Index, wrong: float) -> None:
    """Named, with what is allowed."""
    with pytest.raises(ConfigError, match=r"timeout=.*seconds, more than 0"):
        index.search("中国", timeout=wrong)


@pytest.mark.parametrize("wrong", ["1", True, b"1", [1]])
def test_a_time_of_another_type(index: Index, wrong: Any) -> None:
    """A TypeError; what is no event likewise."""
    with pytest.raises(TypeError, match="timeout is a"):
        index.kwic("中国", timeout=wrong)
    with pytest.raises(TypeError, match=r"cancel is a .*, not a threading\.Event"):
        index.kwic("中国", cancel=wrong)


def test_no_deadline_counts_nothing() -> None:
    """The one that all other calls share."""
    NO_DEADLINE.check()
    assert (NO_DEADLINE.texts_read, NO_DEADLINE.remaining_s) == (0, None)
    assert Deadline(math.inf).remaining_s is None
    assert 0 < (Deadline(9).remaining_s or 0) <= 9
