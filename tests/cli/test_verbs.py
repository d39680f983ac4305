"""The other verbs as processes."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from searchlib.cli import main
from searchlib.cli.verbs import doctor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


def test_index_says_what_it_did(search: Search, articles: Path) -> None:
    """One line: added at first, unchanged the second time; nothing on stderr that is no terminal."""
    home = articles.parent
    done = search("index", "corpus", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 articles added, 0 updated, 0 removed, 0 unchanged → .search (")
    assert (home / ".search").is_dir()
    done = search("index", "corpus", cwd=home)
    assert done.stdout.startswith("0 articles added, 0 updated, 0 removed, 3 unchanged → .search (")


def test_index_elsewhere(search: Search, articles: Path) -> None:
    """-i and $SEARCH_INDEX name the place, -i first."""
    home = articles.parent
    assert " → a.idx (" in search("index", "corpus", "-i", "a.idx", cwd=home).stdout
    assert " → b.idx (" in search("index", "corpus", cwd=home, SEARCH_INDEX="b.idx").stdout
    assert not (home / ".search").exists()


def test_index_names_what_it_skips(search: Search, articles: Path) -> None:
    """A file that cannot be read is one line on stderr, and the rest is indexed."""
    (articles / "broken.jsonl").write_text('{"headline": 冬捕}\n', encoding="utf-8")
    done = search("index", "corpus", cwd=articles.parent)
    assert done.returncode == 0
    assert done.stdout.startswith("3 articles added")
    assert done.stderr.startswith("search: skipped ")
    assert "broken.jsonl" in done.stderr
    assert done.stderr.count("\n") == 1


def test_show_prints_whole_articles(search: Search, archive: Path) -> None:
    """Headline, facts and body; several ids, and JSON with all fields."""
    done = search("show", "a1", "a2", cwd=archive)
    assert done.returncode == 0
    assert "查干湖冬捕节开幕\n" in done.stdout
    assert "会议在青岛召开" in done.stdout
    answer = json.loads(search("show", "--json", "a1", cwd=archive).stdout)
    assert answer["format"] == 1
    assert answer["articles"][0]["extra"] == {"stars": 3}


def test_show_of_an_unknown_id(search: Search, archive: Path) -> None:
    """Exit 1 and one line; the known ones are shown."""
    done = search("show", "a1", "nowhere", cwd=archive)
    assert (done.returncode, done.stderr) == (1, "search: no article has the id nowhere\n")
    assert "查干湖冬捕节开幕" in done.stdout


def test_split_shows_the_articles_of_a_file(search: Search, articles: Path) -> None:
    """No index is needed or made."""
    done = search("split", "corpus/articles.jsonl", cwd=articles.parent)
    assert done.returncode == 0, done.stderr
    assert "1  查干湖冬捕节开幕\n" in done.stdout
    assert done.stdout.endswith("\n3 articles\n")
    answer = json.loads(search("split", "corpus/articles.jsonl", "--json", cwd=articles.parent).stdout)
    assert [article["id"] for article in answer["articles"]] == ["a1", "a2", "a3"]
    assert not (articles.parent / ".search").exists()


def test_split_takes_a_page_apart(search: Search, tmp_path: Path) -> None:
    """Every article of a page has its headline and its place in the file."""
    page = "## 查干湖冬捕节开幕\n\n昨日，查干湖冬捕节开幕。\n\n## 农业丰收\n\n今年农业丰收。\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    answer = json.loads(search("split", "page.txt", "--json", cwd=tmp_path).stdout)
    assert [article["headline"] for article in answer["articles"]] == ["查干湖冬捕节开幕", "农业丰收"]
    assert all(article["spans"] for article in answer["articles"])


def test_split_says_why(search: Search, tmp_path: Path) -> None:
    """Every line has its role and the reason for it; records have none."""
    page = "查干湖冬捕节开幕\n\n□记者 王平\n\n本报1月5日讯 查干湖冬捕节昨日开幕。\n\n第3版\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    lines = search("split", "page.txt", "--why", cwd=tmp_path).stdout.splitlines()
    assert lines[0].split() == ["line", "article", "role", "reason"]
    assert lines[1].split()[:3] == ["1", "1", "headline"]
    assert lines[1].endswith("查干湖冬捕节开幕")
    assert lines[-1] == "page: datelines, bylines, a masthead or controls of an e-edition"
    answer = json.loads(search("split", "page.txt", "--why", "--json", cwd=tmp_path).stdout)
    told = [(line["line"], line["article"], line["role"]) for line in answer["lines"]]
    assert told == [
        (1, 1, "headline"),
        (3, 1, "byline"),
        (5, 1, "dateline"),
        (5, 1, "body"),
        (7, 0, "masthead"),
    ]
    assert all(line["reason"] for line in answer["lines"])
    (tmp_path / "a.jsonl").write_text('{"title": "冬捕"}', encoding="utf-8")
    done = search("split", "a.jsonl", "--why", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds records" in done.stderr


def test_stats(search: Search, archive: Path) -> None:
    """The number of articles stands in both forms."""
    assert "articles" in search("stats", cwd=archive).stdout
    assert json.loads(search("stats", "--json", cwd=archive).stdout)["stats"]["articles"] == 3


def test_analyze_needs_no_index(search: Search, tmp_path: Path) -> None:
    """A table under heads, or JSON whose offsets are those of the text."""
    done = search("analyze", "党建引领", "U谷", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[:4] == ["text", "start", "end", "position"]
    text = "党建引领 U谷"
    tokens = json.loads(search("analyze", "--json", text, cwd=tmp_path).stdout)["tokens"]
    assert tokens
    assert [text[t["start"] : t["end"]].lower() for t in tokens] == [t["text"] for t in tokens]
    assert not (tmp_path / ".search").exists()


def test_analyze_of_punctuation(search: Search, tmp_path: Path) -> None:
    """No word is found: exit 1."""
    done = search("analyze", "，。", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "search: no words in this text\n")


def test_explain(search: Search, archive: Path) -> None:
    """The tree begins with the score, which is that of JSON."""
    tree = search("explain", "党建", "引领", "a2", cwd=archive).stdout
    answer = json.loads(
        search("explain", "党建", "引领", "a2", "--match", "all", "--json", cwd=archive).stdout
    )
    assert tree.startswith(f"{answer['explanation']['value']:.4f}  ")
    assert answer["explanation"]["value"] > 0
    assert search("explain", "党建", "nowhere", cwd=archive).returncode == 1
    assert search("explain", "党建", cwd=archive).returncode == 2


def test_why_not(search: Search, archive: Path) -> None:
    """What is lacking, with what is nearest below it; or the rank and what is before. Both are answers."""
    done = search("why-not", "查干河", "农业", "a1", "--match", "all", cwd=archive)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "not among the 0 articles found",
        "",
        "“查干河” stands nowhere; nearest is “查干湖”, headline at 0",
        "   headline: 查干湖冬捕节开幕",
        "",
        "“农业” stands nowhere",
    ]
    done = search("why-not", "党建", "a1", cwd=archive)
    assert done.returncode == 0
    first, gap, before, name, head, *rows = done.stdout.splitlines()
    assert first.startswith("found: 2 of 2 articles, score ")
    assert gap == ""
    assert before.startswith("before it: 党建引领基层治理, score ")
    assert (name, head.split()) == ("   articles.jsonl#a2", ["there", "here"])
    assert [row.split(maxsplit=2)[2] for row in rows] == ["word 党建", "pair 党建"]


def test_why_not_for_a_program(search: Search, archive: Path) -> None:
    """The same as one object; filters are those of a search."""
    done = search("why-not", "党建", "a1", "--since", "2024", "--json", cwd=archive)
    answer = json.loads(done.stdout)
    assert answer.pop("lacks") == [
        {
            "asked": "date:2024..",
            "reason": "date",
            "message": "its date, 2023-12-29, is outside 2024..",
            "nearest": None,
            "parts": [],
        }
    ]
    assert answer == {
        "format": 1,
        "id": "articles.jsonl#a1",
        "query": "党建",
        "found": False,
        "rank": None,
        "total": 1,
        "score": None,
        "before": None,
        "dropped": [],
    }
    answer = json.loads(search("why-not", "查干河", "a1", "--json", cwd=archive).stdout)
    near = answer["lacks"][0]["nearest"]
    assert [near["text"][a:b] for a, b in near["marks"]] == ["查干湖"]
    before = json.loads(search("why-not", "党建", "a1", "--json", cwd=archive).stdout)["before"]
    assert before["id"] == "articles.jsonl#a2"
    assert all(part["value"] > part["own"] for part in before["better"])


def test_why_not_with_every_option(search: Search, archive: Path) -> None:
    """The options of a search mean the same, and a Chinese locale is answered in Chinese."""
    options = "--index .search --until 2023 --where publication=江城日报 --match any --exact --color always"
    done = search("why-not", "查干河", "a1", *options.split(), "--equivalences", "none", cwd=archive)
    assert done.returncode == 0
    assert "\x1b[" in done.stdout
    assert "its publication is 松原日报, not 江城日报" in done.stdout
    done = search("why-not", "农业", "a1", cwd=archive, LC_ALL="zh_CN.UTF-8")
    assert done.stdout.splitlines()[-1] == "文中没有“农业”"


def test_why_not_wrong(search: Search, archive: Path) -> None:
    """An unknown id is exit 1, as elsewhere; a missing one and a query that cannot be read are 2."""
    done = search("why-not", "党建", "nowhere", cwd=archive)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "search: no article has the id nowhere\n"
    assert search("why-not", "党建", cwd=archive).returncode == 2
    done = search("why-not", "(党建", "a1", cwd=archive)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "a bracket is not closed" in done.stderr


def test_suggest(search: Search, archive: Path) -> None:
    """Completions start as asked, at most as many as asked; none is exit 1."""
    done = search("suggest", "党", "-n", "1", cwd=archive)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.startswith("党")
    answer = json.loads(search("suggest", "党", "--json", cwd=archive).stdout)
    assert answer["suggestions"][0] == done.stdout.rstrip("\n")
    assert search("suggest", "鼹鼠", cwd=archive).returncode == 1


def test_doctor(search: Search, archive: Path, tmp_path: Path) -> None:
    """A line for each check; a missing index is a problem only when it was named."""
    done = search("doctor", cwd=archive)
    assert done.returncode == 0, done.stdout
    lines = [line.split() for line in done.stdout.splitlines()]
    assert {line[0] for line in lines} == {"ok"}
    names = [line[1] for line in lines]
    assert names == [
        *("python", "searchlib", "jieba", "numpy", "whoosh", "engine", "rjieba", "pypdfium2"),
        *("index", "articles", "format", "words", "fingerprint"),
    ]
    assert search("doctor", cwd=tmp_path).returncode == 0
    done = search("doctor", "-i", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "\nproblem  index" in done.stdout


def test_doctor_knows_what_goes_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A package that is missing, and the old Whoosh over the new one; rjieba may be absent."""
    versions = {"Whoosh": "2.7.4", "searchlib": "0.1.0", "whoosh3": "3.54.0", "numpy": "2.4.6"}
    monkeypatch.setattr(doctor, "_version", versions.get)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEARCH_INDEX", raising=False)
    assert main(["doctor"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("problem")] == ["jieba", "whoosh"]
    assert any(line.startswith("ok       rjieba       absent") for line in lines)
    del versions["whoosh3"]
    versions["jieba"] = "0.42.1"
    assert main(["doctor"]) == 0
    assert "ok       whoosh       Whoosh 2.7.4;" in capsys.readouterr().out


def test_export_can_be_indexed_again(search: Search, archive: Path, tmp_path: Path) -> None:
    """A JSON object a line, with all fields; the copy finds the same."""
    done = search("export", "-i", archive / ".search", cwd=tmp_path)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {record["id"] for record in records} == {f"articles.jsonl#a{n}" for n in (1, 2, 3)}
    (tmp_path / "copy.jsonl").write_text(done.stdout, encoding="utf-8")
    assert search("index", "copy.jsonl", cwd=tmp_path).stdout.startswith("3 articles added")
    assert search("冬捕", "--count", cwd=tmp_path).stdout == "1\n"


def test_version(search: Search, tmp_path: Path) -> None:
    """The package and its version."""
    assert search("--version", cwd=tmp_path).stdout.startswith("searchlib, version ")


def test_doctor_checks_every_byte_and_index_repairs(search: Search, archive: Path, tmp_path: Path) -> None:
    """Damage is named with its cure; what is whole is saved, and what is lost comes back from its file."""
    home = tmp_path / "home"
    shutil.copytree(archive, home)
    whole = search("doctor", "--check", cwd=home)
    assert whole.returncode == 0
    assert "checksums    every byte is what was written" in whole.stdout
    (segment,) = (home / ".search").glob("*.slseg")
    data = bytearray(segment.read_bytes())
    place = data.index(b"/blocks", 8)  # in the directory
    data[place] ^= 1
    segment.write_bytes(data)
    damaged = search("doctor", "--check", cwd=home)
    assert (damaged.returncode, "every byte" in damaged.stdout) == (2, False)
    assert (
        "directory does not fit its checksum; save what is whole with: search index --repair"
        in damaged.stdout
    )
    assert search("查干湖", cwd=home).returncode == 2
    repaired = search("index", "--repair", "articles.jsonl", cwd=home)
    assert repaired.returncode == 0, repaired.stderr
    first, second = repaired.stdout.splitlines()
    assert first == "0 articles whole, 0 saved, 3 lost → .search"
    assert second.startswith("3 articles added, 0 updated, 0 removed, 0 unchanged → .search")
    assert (
        f"3 articles are lost; the damaged file is kept as searchlib.damaged.{segment.name}"
        in repaired.stderr
    )
    assert search("doctor", "--check", cwd=home).returncode == 0
    assert search("index", "--repair", cwd=home).stdout == "3 articles whole, 0 saved, 0 lost → .search\n"


def test_equivalences_can_be_named(search: Search, tmp_path: Path) -> None:
    """`--equivalences` takes some or none; an unknown one is an error with those there are."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": "第24届"}), "utf-8")
    search("index", "a.jsonl", cwd=tmp_path)
    assert search("二十四届", "-c", cwd=tmp_path).stdout == "1\n"
    assert search("二十四届", "-c", "--equivalences", "script,numbers", cwd=tmp_path).stdout == "1\n"
    assert search("二十四届", "-c", "--equivalences", "script", cwd=tmp_path).stdout == "0\n"
    assert search("二十四届", "-c", "--equivalences", "none", cwd=tmp_path).stdout == "0\n"
    done = search("二十四届", "--equivalences", "pinyin", cwd=tmp_path)
    assert done.returncode == 2
    assert "some of script, numbers, latin, synonyms" in done.stderr


def test_like_leaves_the_article_itself_out(search: Search, archive: Path) -> None:
    """What shares its telling words comes, with marks and reasons."""
    answer = json.loads(search("like", "a1", "--json", cwd=archive).stdout)
    assert {hit["id"].partition("#")[2] for hit in answer["hits"]} == {"a2", "a3"}
    assert all(hit["why"] for hit in answer["hits"])
    assert len(json.loads(search("like", "a1", "-n", "1", "--json", cwd=archive).stdout)["hits"]) == 1
    assert "1–2 of 2" in search("like", "a1", cwd=archive).stdout
    missing = search("like", "nobody", cwd=archive)
    assert (missing.returncode, missing.stderr) == (1, "search: no article has the id nobody\n")


def test_analyze_shows_a_query_as_it_is_understood(search: Search, archive: Path) -> None:
    """The tree, and a query that means the same in plain operators."""
    done = search("analyze", "--query", "标题：党建 －会议", cwd=archive)
    assert done.stdout.splitlines() == [
        "And([Phrase('headline:党建'), Not(Phrase('会议'))])",
        "headline:党建 NOT 会议",
    ]
    answer = json.loads(search("analyze", "--query", "党建", "--json", cwd=archive).stdout)
    assert answer == {"format": 1, "tree": "Phrase('党建')", "query": "党建"}


@pytest.mark.parametrize(
    "args", [["show", "a1"], ["like", "a1"], ["kwic", "冬捕"], ["split", "articles.jsonl"], ["冬捕"]]
)
def test_colour_can_be_asked_for(search: Search, archive: Path, args: list[str]) -> None:
    """`--color always` styles a pipe too, and changes no text; `never` is what a pipe gets."""
    styled = search(*args, "--color", "always", cwd=archive).stdout
    assert "\x1b[" in styled
    without = re.sub(r"\x1b\[[0-9;]*m", "", styled)
    plain = search(*args, "--color", "never", cwd=archive, FORCE_COLOR="1").stdout
    assert [re.sub(r"[\d.]+ ms", "", text) for text in (without, plain)] == [
        re.sub(r"[\d.]+ ms", "", search(*args, cwd=archive).stdout)
    ] * 2


def test_explain_tells_scripts_apart(search: Search, archive: Path) -> None:
    """`--exact` and `--equivalences none` leave the other script out, as in a search."""
    score = json.loads(search("explain", "黨建", "a2", "--json", cwd=archive).stdout)["explanation"]["value"]
    assert score > 0
    for options in (["--exact"], ["--equivalences", "none"]):
        done = search("explain", "黨建", "a2", "--json", *options, cwd=archive)
        assert json.loads(done.stdout)["explanation"]["value"] == 0


def test_filters_end_where_they_say(search: Search, archive: Path) -> None:
    """`--until` bounds places and months."""
    until = ("--until", "2023")
    lines = json.loads(search("kwic", "党建引领", "--json", *until, cwd=archive).stdout)["lines"]
    assert {line["id"].partition("#")[2] for line in lines} == {"a1"}
    months = json.loads(search("trend", "党建引领", "--json", *until, cwd=archive).stdout)["months"]
    assert months == {"2023-12": 1}


def test_an_index_can_be_named_where_one_reads(search: Search, archive: Path, tmp_path: Path) -> None:
    """`-i` from a folder without one gives what is found beside it."""
    for args in (["like", "a1", "--json"], ["analyze", "冬捕", "--json"], ["show", "a1", "--json"]):
        near, named = search(*args, cwd=archive), search(*args, "-i", archive / ".search", cwd=tmp_path)
        assert named.returncode == 0
        took = re.compile(r'"took_ms": [\d.]+')
        assert took.sub("", named.stdout) == took.sub("", near.stdout)
