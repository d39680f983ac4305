"""What somebody can make large is work that grows with its size."""

from __future__ import annotations

import pytest

from benchmarks.work_kinds import KINDS, Act, Grown, grown


@pytest.mark.parametrize("act", KINDS.values(), ids=KINDS)
def test_the_work_of_no_kind_grows_as_the_square(act: Act) -> None:
    """The table of `limits.py --trial work`, at a small size."""
    found = grown(act, 60)
    assert found.is_linear, found


def test_a_square_is_seen() -> None:
    """Also beside much work that is always the same."""
    assert Grown(*(50_000 + 10 * size for size in (60, 120, 240))).is_linear
    assert Grown(50_000, 50_100, 49_000).is_linear
    assert not Grown(*(50_000 + size * size for size in (60, 120, 240))).is_linear
