from __future__ import annotations

import itertools
import random

import pytest

from searchlib.errors import CorpusError
from searchlib.evaluation import evaluate_run
from searchlib.evaluation.compare import EXACT, compare, randomisation_test


def by_hand(differences: list[float]) -> float:
    """Exchange in every way, in whole thousandths, and count."""
    whole = [round(1000 * difference) for difference in differences]
    ways = list(itertools.product([1, -1], repeat=len(whole)))
    seen = abs(sum(whole))
    return sum(abs(sum(s * d for s, d in zip(way, whole, strict=True))) >= seen for way in ways) / len(ways)


@pytest.mark.parametrize("seed", range(8))
def test_few_topics_are_exchanged_in_every_way(seed: int) -> None:
    """The same as by hand, ties and rounding included; topics that do not differ change nothing."""
    chance = random.Random(seed)
    differences = [chance.randint(-5, 9) / 10 for _ in range(10)]
    assert randomisation_test(differences) == by_hand(differences)
    assert randomisation_test([*differences, 0.0, 0.0]) == by_hand(differences)


def test_many_topics_are_drawn_with_a_seed() -> None:
    """The draw is near the exact value, the same each time, and of both sides alike."""
    chance = random.Random(3)
    differences = [chance.randint(-6, 9) / 10 or 0.1 for _ in range(EXACT + 2)]
    drawn = randomisation_test(differences)
    assert drawn == randomisation_test(differences)
    assert drawn != randomisation_test(differences, seed=2)
    assert drawn == pytest.approx(by_hand(differences), abs=0.006)
    assert randomisation_test([-one for one in differences]) == pytest.approx(drawn, abs=0.006)


def test_a_drawn_p_is_never_0_and_no_difference_is_1() -> None:
    """A sample cannot show that something never happens."""
    assert randomisation_test([0.5] * 60) == pytest.approx(1 / 100_001)
    assert randomisation_test([]) == randomisation_test([0.0, 0.0]) == 1.0


def test_two_systems_are_compared_topic_by_topic() -> None:
    """Means, how many topics each did better, p."""
    qrels = {str(n): {"a": 1.0} for n in range(4)}
    first = evaluate_run({str(n): ["b", "a"] for n in range(4)}, qrels, measures=["mrr@10", "p@1"])
    second = evaluate_run({"0": ["a"], "1": ["a"], "2": ["a"], "3": ["c"]}, qrels, measures=["mrr@10"])
    assert {name: one.to_dict() for name, one in compare(first, second).items()} == {
        "mrr@10": {
            "first": 0.5,
            "second": 0.75,
            "difference": 0.25,
            "first_better": 1,
            "second_better": 3,
            "p": by_hand([0.5, 0.5, 0.5, -0.5]),
        }
    }


def test_other_topics_cannot_be_compared() -> None:
    """The first that is in one only is named."""
    first = evaluate_run({"1": ["a"]}, {"1": {"a": 1.0}})
    second = evaluate_run({"2": ["a"]}, {"2": {"a": 1.0}})
    with pytest.raises(CorpusError, match=r"2 queries are in one only, the first '1'"):
        compare(first, second)
