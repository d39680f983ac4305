"""
Here is an answer: what does a program read of it?

One form for `--json`, the HTTP interface and the tools for models: `forms` makes plain dicts, `json_lines`
makes JSON of them, `csv_rows` rows for a spreadsheet, and `schema.json` beside them says in JSON
Schema what each holds. Keys are only added; one that changed its meaning would raise `FORMAT`.

    >>> from searchlib import answers
    >>> print(answers.json_object(answers.of_suggestions(["党建"])))
    {"format": 1, "suggestions": ["党建"]}
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from searchlib.answers.csv_rows import COLUMNS, PLACE_COLUMNS, cell, csv_rows, row_of_hit, row_of_place
from searchlib.answers.forms import (
    of_articles,
    of_collocates,
    of_error,
    of_explanation,
    of_hit,
    of_kwic,
    of_marks,
    of_results,
    of_stats,
    of_suggestions,
    of_telling_words,
    of_trend,
    of_trends,
    of_why_not,
    of_word_list,
)
from searchlib.answers.json_lines import FORMAT, json_line, json_object

__all__ = [
    "COLUMNS",
    "FORMAT",
    "PLACE_COLUMNS",
    "cell",
    "csv_rows",
    "json_line",
    "json_object",
    "of_articles",
    "of_collocates",
    "of_error",
    "of_explanation",
    "of_hit",
    "of_kwic",
    "of_marks",
    "of_results",
    "of_stats",
    "of_suggestions",
    "of_telling_words",
    "of_trend",
    "of_trends",
    "of_why_not",
    "of_word_list",
    "row_of_hit",
    "row_of_place",
    "schema",
]


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema (draft 2020-12) of all answers; each is one of its `$defs`.

    >>> schema()["$defs"]["search"]["properties"]["total"]["type"]
    'integer'
    """
    found: dict[str, Any] = json.loads(files(__name__).joinpath("schema.json").read_text("utf-8"))
    return found
