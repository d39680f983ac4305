from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchlib.errors import CorpusError
from searchlib.evaluation import read_documents, read_qrels, read_topics
from searchlib.model import Article


def documents(path: Path) -> list[Article]:
    """Read all documents of a file."""
    return list(read_documents(path))


@pytest.mark.parametrize(
    "text",
    [
        "1\ta\t2\n1\tb\t0\n2\ta\t1.5\n",
        "1 a 2\n1 b 0\n\n2 a 1.5",
        "1 0 a 2\r\n1 0 b 0\r\n2 0 a 1.5\r\n",
        "query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb\t0\n2\ta\t1.5\n",
        "\ufeff1\t0\ta\t2\n1\tb\t0\n1\tb\t0\n2\ta\t1.5\n",
    ],
)
def test_judgements_come_in_three_or_four_columns(tmp_path: Path, text: str) -> None:
    """Tabs or spaces, TREC's column between, a header, a mark, a line twice: the judgements are the same."""
    path = tmp_path / "qrels.tsv"
    path.write_bytes(text.encode())
    assert read_qrels(path) == {"1": {"a": 2.0, "b": 0.0}, "2": {"a": 1.5}}


def test_topics_keep_their_order(tmp_path: Path) -> None:
    """Ids become strings, and further keys are left alone."""
    path = tmp_path / "queries.jsonl"
    path.write_text(
        '{"id": 2, "text": "冬捕", "split": "dev"}\n{"id": "1", "text": "党建"}\n', encoding="utf-8"
    )
    assert list(read_topics(path).items()) == [("2", "冬捕"), ("1", "党建")]


def test_documents_are_articles(tmp_path: Path) -> None:
    """A document is read as any record of an article."""
    path = tmp_path / "docs.jsonl"
    path.write_text('{"id": "a", "title": "冬捕", "body": "查干湖"}\n', encoding="utf-8")
    assert documents(path) == [Article(id="a", headline="冬捕", body="查干湖")]


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (read_qrels, "", ": holds no judgements"),
        (read_qrels, "query-id\tcorpus-id\tscore\n", ": holds no judgements"),
        (read_qrels, "1\ta\n", ", line 1: has 2 columns; expected query, document, grade ('1\\ta')"),
        (read_qrels, "1\ta\t1\n1\tb\tgood\n", ", line 2: the grade 'good' is no finite number"),
        (read_qrels, "1\ta\tnan\n", ", line 1: the grade 'nan' is no finite number"),
        (read_qrels, "1\ta\t1\n1\ta\t2\n", ", line 2: 'a' has two grades for query '1'"),
        (read_topics, "\n", ": holds no queries"),
        (read_topics, "[]\n", ", line 1: is no JSON object"),
        (
            read_topics,
            "[\n",
            ", line 1: is no JSON: Expecting value: line 1 column 2 (char 1)",
        ),
        (read_topics, '{"id": "1"}\n', ", line 1: a query has no 'text'"),
        (read_topics, '{"id": "", "text": "党建"}\n', ", line 1: a query has no 'id'"),
        (
            read_topics,
            '{"id": 1, "text": "a"}\n{"id": "1", "text": "b"}\n',
            ", line 2: query '1' comes twice",
        ),
        (documents, '{"body": "甲"}\n', ", line 1: a document has no 'id'"),
        (documents, '{"id": "a", "body": []}\n', ", line 1: 'body' is a list, not a text"),
    ],
)
def test_a_faulty_collection_is_refused(
    tmp_path: Path, read: Callable[[Path], Any], text: str, message: str
) -> None:
    """Each fault names the file, the line and what is wrong."""
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read(path)
    assert str(caught.value) == f"{path}{message}"


@pytest.mark.parametrize("read", [read_qrels, read_topics, documents])
def test_a_missing_file_is_refused(tmp_path: Path, read: Callable[[Path], Any]) -> None:
    """A missing file is an error that names it."""
    with pytest.raises(CorpusError) as caught:
        read(tmp_path / "gone")
    assert str(caught.value) == f"{tmp_path / 'gone'}: cannot be read: No such file or directory"


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """Collections are UTF-8; anything else is named, not guessed."""
    path = tmp_path / "file"
    path.write_bytes("1\t甲\t1".encode("gb18030"))
    with pytest.raises(CorpusError) as caught:
        read_qrels(path)
    assert str(caught.value) == f"{path}: is not UTF-8; convert it first"
