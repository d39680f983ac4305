"""Objects as JSON: one line, Chinese readable, nothing in it that could steer a terminal."""

from __future__ import annotations

import json
import math
import re
from typing import Any

FORMAT = 1
"""Raised when a key changes its meaning or goes away; new keys do not raise it."""

_STEERING = re.compile(
    "[\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)
"""Controls of 8 bits, and characters of format (Unicode's Cc and Cf); JSON escapes the others itself."""


def json_object(content: dict[str, Any]) -> str:
    """
    Return one object in one line, the format number first, Chinese readable.

    >>> json_object({"suggestions": ["党建"]})
    '{"format": 1, "suggestions": ["党建"]}'
    """
    return json_line({"format": FORMAT, **content})


def json_line(content: Any) -> str:
    r"""
    Return *content* in one line, Chinese readable, and escaped what could steer a terminal.

    >>> json_line("党\x9b\u202e")
    '"党\\u009b\\u202e"'
    """
    try:
        line = json.dumps(content, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:
        line = json.dumps(_finite(content), ensure_ascii=False, default=str)
    return _STEERING.sub(_escape, line)


def _finite(value: Any) -> Any:
    """Return a value with null where JSON has no number: 1e999 is read as infinity."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
