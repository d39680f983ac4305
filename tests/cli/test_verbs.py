"""The other verbs as processes."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from searchlib.cli import main
from searchlib.cli.cells import width_of
from searchlib.cli.guides import FOLDER, topics
from searchlib.cli.verb_names import VERBS
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


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Two documents and two queries, each answered by one."""
    files = {
        "docs.jsonl": [
            '{"id": "1", "title": "冬捕", "body": "查干湖"}',
            '{"id": "2", "title": "农业", "body": "丰收"}',
        ],
        "queries.jsonl": ['{"id": "q1", "text": "查干湖"}', '{"id": "q2", "text": "农业"}'],
        "qrels.tsv": ["q1\t1\t1", "q2\t2\t1"],
    }
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_eval_measures_a_collection(search: Search, collection: Path) -> None:
    """Perfect answers reach 1; without headlines the second query finds nothing."""
    figures = json.loads(search("eval", ".", "--json", cwd=collection).stdout)
    assert (figures["format"], figures["queries"], figures["ndcg@10"], figures["hit@1"]) == (1, 2, 1.0, 1.0)
    done = search("eval", ".", "--blank-headlines", cwd=collection)
    assert "recall@100  0.5000\n" in done.stdout
    figures = json.loads(search("eval", ".", "-n", "1", "--match", "any", "--json", cwd=collection).stdout)
    assert figures["queries"] == 1


def test_eval_keeps_a_run_and_compares_it(search: Search, collection: Path) -> None:
    """A run that is written measures as when it was found; another one is compared query by query."""
    done = search("eval", ".", "--write-run", "mine.run", "--measure", "mrr@5", "--json", cwd=collection)
    assert json.loads(done.stdout)["mrr@5"] == 1.0
    assert (collection / "mine.run").read_text("utf-8").splitlines()[0] == "q1\tQ0\t1\t1\t1\tsearchlib"
    (collection / "other.run").write_text("q1 Q0 2 1 9 x\nq1 Q0 1 2 8 x\n", "utf-8")
    both = ("eval", ".", "--run", "mine.run", "--compare", "other.run", "--measure", "mrr@5")
    content = json.loads(search(*both, "--per-query", "--json", cwd=collection).stdout)
    assert content == {
        "format": 1,
        "queries": 2,
        "mrr@5": 1.0,
        "unjudged": 0,
        "per_query": {"q1": {"mrr@5": 1.0}, "q2": {"mrr@5": 1.0}},
        "compared": {
            "mrr@5": {
                "first": 1.0,
                "second": 0.25,
                "difference": -0.75,
                "first_better": 2,
                "second_better": 0,
                "p": 0.5,
            }
        },
    }
    assert search(*both, "--per-query", cwd=collection).stdout.splitlines() == [
        "queries   2",
        "mrr@5     1.0000",
        "unjudged  0",
        "",
        "query  mrr@5",
        "q1     1.0000",
        "q2     1.0000",
        "",
        "measure  this    other   other - this  this better  other better  p",
        "mrr@5    1.0000  0.2500  -0.7500       2            0             0.5000",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--run", "bad.run"], "bad.run, line 2: has 3 columns"),
        (["--measure", "f1@10"], "ndcg, mrr, map, p, recall, hit"),
        (["--run", "good.run", "-n", "1"], "--run is measured as it is"),
        (["--run", "good.run", "--write-run", "nowhere/mine.run"], "nowhere/mine.run"),
    ],
)
def test_eval_names_what_is_wrong(search: Search, collection: Path, options: list[str], said: str) -> None:
    """File and line, measure, option."""
    (collection / "good.run").write_text("q1 Q0 1 1 9 x\n", "utf-8")
    (collection / "bad.run").write_text("q1 Q0 1 1 9 x\nq1 Q0 2\n", "utf-8")
    done = search("eval", ".", *options, cwd=collection)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_eval_of_a_folder_without_a_collection(search: Search, tmp_path: Path) -> None:
    """The missing file is named."""
    done = search("eval", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "queries.jsonl" in done.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_every_verb(search: Search, tmp_path: Path, verb: str) -> None:
    """`VERB --help` and `VERB -h` are the same and need no index; `help VERB` adds the guide of that name."""
    page, short, asked = (
        search(*args, cwd=tmp_path).stdout for args in ([verb, "--help"], [verb, "-h"], ["help", verb])
    )
    assert page.startswith("Usage: search")
    assert short == page
    assert asked.startswith(page)
    assert (asked == page) is (verb not in topics())


def test_the_help_of_the_command(search: Search, tmp_path: Path) -> None:
    """It teaches: every verb, Chinese examples, exit codes, environment, how to search for a verb."""
    page = search("--help", cwd=tmp_path).stdout
    assert page == search("help", cwd=tmp_path).stdout
    for word in (*VERBS, *topics(), "党建", "Exit codes", "SEARCH_INDEX", "NO_COLOR", "search -- index"):
        assert word in page, word


@pytest.mark.parametrize("topic", topics())
def test_a_guide_is_shown(search: Search, tmp_path: Path, topic: str) -> None:
    """Its Markdown as it is in the package, in the user's language where it exists in it."""
    for language, locale in (("en", "C.UTF-8"), ("zh", "zh_CN.UTF-8")):
        path = FOLDER / language / f"{topic}.md"
        done = search("help", topic, cwd=tmp_path, LC_ALL=locale)
        expected = path if path.exists() else FOLDER / "en" / path.name
        assert done.returncode == 0
        assert done.stdout.endswith(expected.read_text("utf-8"))


def test_an_unknown_topic_is_met_with_similar_names(search: Search, tmp_path: Path) -> None:
    """By the name, or by a word of the title; else all names are given."""
    assert "similar: query-language" in search("help", "query-langage", cwd=tmp_path).stderr
    assert "similar: query-language" in search("help", "短语", cwd=tmp_path, LC_ALL="zh_CN").stderr.replace(
        "相近的有 ", "similar: "
    )
    done = search("help", "党建", cwd=tmp_path)
    assert done.returncode == 2
    assert "verbs: query, index" in done.stderr
    assert "guides: " in done.stderr


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


def test_like_leaves_the_article_itself_out(search: Search, archive: Path) -> None:
    """What shares its telling words comes, with marks and reasons."""
    answer = json.loads(search("like", "a1", "--json", cwd=archive).stdout)
    assert {hit["id"].partition("#")[2] for hit in answer["hits"]} == {"a2", "a3"}
    assert all(hit["why"] for hit in answer["hits"])
    assert len(json.loads(search("like", "a1", "-n", "1", "--json", cwd=archive).stdout)["hits"]) == 1
    assert "1–2 of 2" in search("like", "a1", cwd=archive).stdout
    missing = search("like", "nobody", cwd=archive)
    assert (missing.returncode, missing.stderr) == (1, "search: no article has the id nobody\n")


def test_trend_counts_every_month_between(search: Search, archive: Path) -> None:
    """Months without an article are there with 0; no bars in a pipe."""
    answer = json.loads(search("trend", "党建引领", "--json", cwd=archive).stdout)
    assert min(answer["months"]) == "2023-12"
    assert list(answer["months"].values()) == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    lines = search("trend", "党建引领", "--since", "2024", cwd=archive).stdout.splitlines()
    assert lines == ["2024-08  1"]
    assert search("trend", "火星", cwd=archive).returncode == 1


def test_analyze_shows_a_query_as_it_is_understood(search: Search, archive: Path) -> None:
    """The tree, and a query that means the same in plain operators."""
    done = search("analyze", "--query", "标题：党建 －会议", cwd=archive)
    assert done.stdout.splitlines() == [
        "And([Phrase('headline:党建'), Not(Phrase('会议'))])",
        "headline:党建 NOT 会议",
    ]
    answer = json.loads(search("analyze", "--query", "党建", "--json", cwd=archive).stdout)
    assert answer == {"format": 1, "tree": "Phrase('党建')", "query": "党建"}


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
