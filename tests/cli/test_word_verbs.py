"""The verbs that are about words: where they stand, what stands beside them, what is counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from searchlib.cli.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


def test_words_proposes_what_fits_words_txt(search: Search, tmp_path: Path) -> None:
    """A word a line with its count as a remark; what is put into the file is not proposed again."""
    draws = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
    body = "".join(f"{a}查干湖{b}" for a in draws for b in draws[::3])
    body += "，".join(chr(0x4E00 + number) * 9 for number in range(2000))
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": body}), "utf-8")
    search("index", "a.jsonl", cwd=tmp_path)
    done = search("words", "--min-count", "30", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"查干湖  # {body.count('查干湖')}\n")
    as_json = json.loads(search("words", "--min-count", "30", "--json", cwd=tmp_path).stdout)
    assert as_json == {"format": 1, "words": [{"text": "查干湖", "count": body.count("查干湖")}]}
    (tmp_path / ".search" / "words.txt").write_text(done.stdout, "utf-8")
    assert search("words", "--min-count", "30", cwd=tmp_path).returncode == 1
    assert "1 in words.txt, 0 in synonyms.txt" in search("doctor", cwd=tmp_path).stdout
    (tmp_path / ".search" / "synonyms.txt").write_text("农行", "utf-8")
    done = search("doctor", cwd=tmp_path)
    assert done.returncode == 2
    assert "synonyms.txt, line 1: write A=B" in done.stdout


def test_kwic_aligns_the_word_by_cells(search: Search, archive: Path) -> None:
    """The word begins in the same column on each line, however wide the characters before it are."""
    done = search("kwic", "合作社", cwd=archive)
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines)) == (0, 2)
    assert len({width_of(line[: line.index("合作社")]) for line in lines}) == 1
    assert {line.rsplit(None, 1)[1] for line in lines} == {"articles.jsonl#a1", "articles.jsonl#a3"}
    answer = json.loads(search("kwic", "冬捕", "--json", "-n", "1", cwd=archive).stdout)
    assert answer["lines"] == [
        {
            "id": "articles.jsonl#a1",
            "field": "headline",
            "start": 3,
            "before": "查干湖",
            "keyword": "冬捕",
            "after": "节开幕",
            "date": "2023-12-29",
            "headline": "查干湖冬捕节开幕",
            "publication": "松原日报",
            "source": "articles.jsonl",
        }
    ]
    assert (answer["articles"], answer["total"]) == (1, 2)
    assert [
        line["keyword"]
        for line in json.loads(search("kwic", "冬捕节", "--json", cwd=archive).stdout)["lines"]
    ] == ["冬捕节"] * 2
    assert search("kwic", "冬捕", "--since", "2024", cwd=archive).returncode == 1


def test_kwic_is_ordered_by_what_precedes_or_follows(search: Search, archive: Path) -> None:
    """Punctuation does not count; dates order too."""

    def lines(order: str, side: str) -> list[str]:
        answer = json.loads(search("kwic", "合作社", "--sort", order, "--json", cwd=archive).stdout)
        return [line[side].strip("，。") for line in answer["lines"]]

    assert lines("right", "after") == sorted(lines("right", "after"))
    assert [text[::-1] for text in lines("left", "before")] == sorted(
        t[::-1] for t in lines("left", "before")
    )
    assert len(lines("left", "before")) == 2
    dates = json.loads(search("kwic", "日报", "--sort", "newest", "--json", cwd=archive).stdout)["lines"]
    assert [line["date"] for line in dates] == ["2024-08-09", "2023-12-29", "2024-08"]


def test_trend_counts_every_month_between(search: Search, archive: Path) -> None:
    """Months without an article are there with 0; no bars in a pipe."""
    answer = json.loads(search("trend", "党建引领", "--json", cwd=archive).stdout)
    assert min(answer["months"]) == "2023-12"
    assert list(answer["months"].values()) == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    lines = search("trend", "党建引领", "--since", "2024", cwd=archive).stdout.splitlines()
    assert lines == ["2024-08  1"]
    assert search("trend", "火星", cwd=archive).returncode == 1


def test_kwic_collocates(search: Search, tmp_path: Path) -> None:
    """A table whose order is that of the measure, the same in JSON; its options want --collocates."""
    bodies = ["查干湖渔民收网", "查干湖渔民高兴", "查干湖渔民直播", "土豆丰收"]
    lines = (json.dumps({"body": body}) for body in bodies)
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    search("index", "a.jsonl", cwd=tmp_path)
    table = search("kwic", "查干湖", "--collocates", "--window", "1", cwd=tmp_path).stdout.splitlines()
    assert table[0].split() == ["word", "near", "before", "behind", "in", "all", "log_likelihood"]
    assert [line.split()[:5] for line in table[1:]] == [["渔民", "3", "0", "3", "3"]]
    args = ("kwic", "查干湖", "--collocates", "--measure", "log_dice", "--json")
    (word,) = json.loads(search(*args, cwd=tmp_path).stdout)["collocates"]
    assert word == {"text": "渔民", "count": 3, "left": 0, "right": 3, "frequency": 3, "score": 14.0}
    done = search("kwic", "土豆", "--collocates", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "search: no word stands near 土豆 often enough\n")
    assert "go with --collocates" in search("kwic", "土豆", "--window", "3", cwd=tmp_path).stderr


def test_words_are_listed_by_how_often_they_are_there(search: Search, tmp_path: Path) -> None:
    """Of all articles, or of those that a query finds; signs are no words."""
    records = [
        {"headline": "冬捕", "body": "合作社，合作社！渔民收网", "date": "2024-01-02"},
        {"body": "渔民 5G", "date": "2023"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    search("index", "a.jsonl", cwd=tmp_path)
    table = search("words", "--list", "-n", "2", cwd=tmp_path).stdout.splitlines()
    assert table[0].split() == ["word", "count", "articles", "per", "million"]
    assert [row.split()[:3] for row in table[1:]] == [["合作社", "2", "1"], ["渔民", "2", "2"]]
    (word,) = json.loads(
        search("words", "--list", "--of", "date:2024", "--min-count", "2", "--json", cwd=tmp_path).stdout
    )["words"]
    assert word == {"text": "合作社", "count": 2, "articles": 1, "per_million": 333333.3333333333}
    done = search("words", "--list", "--of", "火星", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "search: nothing found for 火星\n")


def test_words_of_a_query(search: Search, tmp_path: Path) -> None:
    """The words that tell what is found from the rest, as a table and in JSON."""
    bodies = ["查干湖收网", "查干湖收网直播", "土豆丰收", "土豆丰收"]
    lines = (json.dumps({"id": str(n), "body": body}) for n, body in enumerate(bodies))
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    search("index", "a.jsonl", cwd=tmp_path)
    table = search("words", "--of", "查干湖", cwd=tmp_path).stdout.splitlines()
    assert table == ["word  articles  of all  log_likelihood", "收网         2       2             5.5"]
    answer = json.loads(search("words", "--of", "查干湖", "--json", cwd=tmp_path).stdout)
    assert [(word["text"], word["articles"], word["of_all"]) for word in answer["words"]] == [("收网", 2, 2)]
    done = search("words", "--of", "火星", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        1,
        "search: nothing tells what 火星 finds from other articles\n",
    )
    assert (
        "--min-count is for new words"
        in search("words", "--of", "土豆", "--min-count", "2", cwd=tmp_path).stderr
    )
