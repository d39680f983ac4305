from __future__ import annotations

from pathlib import Path

import pytest

from searchlib.errors import CorpusError
from searchlib.evaluation import read_run, run_lines


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A path for a run."""
    return tmp_path / "mine.run"


def test_a_run_comes_back_as_it_was_written(file: Path) -> None:
    """Ids with spaces and Han, an order that is no order of ids."""
    run = {"1": ["b", "a", "报 纸#1"], "查 询": ["a"]}
    file.write_text("\n".join(run_lines(run)) + "\n", "utf-8")
    assert read_run(file) == run


def test_scores_decide_and_equal_ones_go_by_id_from_the_greatest(file: Path) -> None:
    """As `trec_eval` has it; the rank column is not looked at."""
    file.write_text("1 Q0 a 1 0.5 x\n1 Q0 b 2 0.5 x\n\n1 Q0 c 9 1e3 x\n2 Q0 a 1 -1 x\n", "utf-8")
    assert read_run(file) == {"1": ["c", "b", "a"], "2": ["a"]}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1 Q0 a 1 0.5", "has 5 columns; expected query, Q0, document, rank, score, name"),
        ("1 Q0 a 1 high x", "the score 'high' is no finite number"),
        ("1 Q0 a 1 nan x", "the score 'nan' is no finite number"),
        ("1 Q0 z 2 0.1 x", "'z' comes twice for query '1'"),
    ],
)
def test_a_wrong_line_is_named(file: Path, line: str, reason: str) -> None:
    """File, line and reason."""
    file.write_text(f"1 Q0 z 1 0.9 x\n{line}\n", "utf-8")
    with pytest.raises(CorpusError) as caught:
        read_run(file)
    assert (caught.value.source, caught.value.line, caught.value.reason) == (str(file), 2, reason)


def test_a_run_without_a_line_is_an_error(file: Path) -> None:
    """So is one that is not there."""
    file.write_text("\n", "utf-8")
    with pytest.raises(CorpusError, match="holds no rankings"):
        read_run(file)
    with pytest.raises(CorpusError, match="cannot be read"):
        read_run(file.with_name("none"))


@pytest.mark.parametrize("key", ["a\tb", "a\nb", ""])
def test_an_id_that_fits_no_column_is_an_error(key: str) -> None:
    """A file that reads as something else is not written."""
    with pytest.raises(CorpusError, match="fits no column"):
        list(run_lines({"1": [key]}))
