"""Dates and their prefixes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import ConfigError
from searchlib.dates import date_prefix, is_full_date


@pytest.mark.parametrize(
    ("value", "prefix"),
    [
        ("2024", "2024"),
        ("2024年", "2024"),
        ("2024-8", "2024-08"),
        ("2024年8月", "2024-08"),
        ("2024.8.9", "2024-08-09"),
        (" 2024/08/09 ", "2024-08-09"),
        ("2024年8月9日", "2024-08-09"),
        ("２０２４－０８－０９", "2024-08-09"),
        ("２０２４年８月", "2024-08"),
        ("20240809", "2024-08-09"),
        ("202408", "2024-08"),
        (date(2024, 8, 9), "2024-08-09"),
        (datetime(2024, 8, 9, 1), "2024-08-09"),  # noqa: DTZ001 (as callers have them)
        (2024, "2024"),
        (None, None),
        ("", None),
    ],
)
def test_date_prefix(value: Any, prefix: str | None) -> None:
    """A year, a month, a day, in the ways people write them."""
    assert date_prefix("since", value) == prefix


@pytest.mark.parametrize(
    "value",
    [
        "24",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2024-8-9-1",
        "--08-09",
        "yesterday",
        "2024年9日",
        "20241309",
        "2024080",
    ],
)
def test_no_date(value: str) -> None:
    """The option and the ways to write a date are named."""
    with pytest.raises(ConfigError) as caught:
        date_prefix("since", value)
    assert (
        str(caught.value) == f"since={value!r} is not allowed: a date is written 2024, 2024-08 or 2024-08-09"
    )


@given(st.dates())
def test_every_day_is_full(day: date) -> None:
    """From year 1 on."""
    assert is_full_date(day.isoformat())
    assert date_prefix("d", day) == day.isoformat()


@pytest.mark.parametrize("value", [None, "", "2024", "2023-02-29", "--08-09", "2024-8-9", "２０２４-08-09"])
def test_not_full(value: str | None) -> None:
    """Anything but ten characters of a real day."""
    assert not is_full_date(value)
