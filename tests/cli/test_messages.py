"""Messages in other languages: every one has a translation with the same gaps, and English is untouched."""

from __future__ import annotations

import ast
import inspect
import json
import pickle
import re
import string
import subprocess
import sys
from collections import Counter
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import click
import polib
import pytest
from catalogue import SOURCES, entries

import searchlib
from searchlib.cli import messages
from searchlib.cli.cells import width_of
from searchlib.cli.messages import translated
from searchlib.cli.routing import load_verb
from searchlib.cli.verb_names import VERBS
from searchlib.errors import CorpusError, MissingExtraError, StoreError
from searchlib.message import Message, join_messages, message_of, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Search = Callable[..., CompletedProcess[str]]

PACKAGE = Path(searchlib.__file__).parent
CODE = messages.CHINESE
CHINESE = next(path for path in SOURCES if path.parts[-3] == CODE)
ENTRIES = {key: text for (key, plural), text in entries(CHINESE).items() if not plural}
HERE = f"add it to {CHINESE.relative_to(PACKAGE.parent)}, then: python tests/support/catalogue.py"
ASKED = re.compile(
    r"tell|Message|remark|damage|Problem|_error|\w*Error|BadParameter|ClickException|Check|Skipped|Lack"
)
NAMES = {"message", "reason", "finding", "hint", "empty", "suggestion", "form", "cure", "problem", "repair"}
"""Names under which the code keeps a message before it is given to one of these."""
NOT_SHOWN = {
    "TypeError",
    "ValueError",
    "AssertionError",
    "NotImplementedError",
    "AttributeError",
    "UnicodeDecodeError",
}
"""Errors of a caller, which no command line can bring about, and what is wrong inside a damaged file."""
NOT_TRANSLATED = {
    "pip uninstall Whoosh && pip install --force-reinstall whoosh3": "a command",
    "what searchlib wrote": "is not printed",
    "other files": "is not printed",
    "a new or an empty folder": "is not printed",
    "search - on a terminal": "a command",
    "search serve": "a command",
    "search mcp": "a command",
    "{}: use rarer words, a range of dates or a filter": "for a model",
}


def leaves(value: ast.expr) -> Iterator[ast.expr]:
    """Yield the alternatives of a value."""
    if isinstance(value, ast.IfExp):
        yield from (*leaves(value.body), *leaves(value.orelse))
    elif isinstance(value, ast.BoolOp):
        for one in value.values:
            yield from leaves(one)
    else:
        yield value


def is_message(text: str) -> bool:
    """Return whether a text has more than one word to it."""
    return " " in text.strip() and re.search(r"[a-z]{2}", text.replace("{}", "")) is not None


def given() -> Iterator[tuple[ast.expr, str]]:
    """Yield what the code gives as a message with its place; what `split --why` says stays English."""
    for path in sorted(set(PACKAGE.rglob("*.py")) - set(PACKAGE.glob("pages/*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            values: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in {"tell", "Message"}:
                    values = node.args[:1]
                elif ASKED.fullmatch(name) and name not in NOT_SHOWN:
                    values = [*node.args, *(keyword.value for keyword in node.keywords)]
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in NAMES:
                values = [node.value]
            for value in values:
                place = f"{path.relative_to(PACKAGE)}:{value.lineno}"
                yield from ((leaf, place) for leaf in leaves(value))


def helps() -> Iterator[str]:
    """Yield each paragraph, option and example of the help pages."""
    for verb, (_, line) in VERBS.items():
        yield line
        command = load_verb(verb)
        yield from (" ".join(text.split()) for text in inspect.cleandoc(command.help or "").split("\n\n"))
        yield from (p.help for p in command.params if isinstance(p, click.Option) and p.help)
        examples = (command.epilog or "").partition("Examples:\n")[2].partition("\n\n")[0]
        yield from (line.strip() for line in examples.split("\n") if line.startswith(" " * 6))


def test_every_message_has_a_translation() -> None:
    """Those of the command and those of the errors that it passes on."""
    found = {
        leaf.value: place
        for leaf, place in given()
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and is_message(leaf.value)
    }
    assert len(found) > 250, "the walk through the code finds little"
    missing = {text: place for text, place in found.items() if text not in {**ENTRIES, **NOT_TRANSLATED}}
    assert missing == {}, HERE


def _constant(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def test_every_message_has_an_id() -> None:
    """A text that is put together in the code cannot be looked up: `Message("{} is missing", name)` can."""
    together = [
        place
        for leaf, place in given()
        if isinstance(leaf, ast.JoinedStr) and is_message("".join(_constant(part) for part in leaf.values))
    ]
    assert together == []


def test_every_help_text_has_a_translation() -> None:
    """Verbs, their paragraphs, options and examples."""
    found = set(helps())
    assert len(found) > 80
    assert sorted(found - set(ENTRIES)) == [], HERE


def test_every_translation_is_used() -> None:
    """An entry whose English is nowhere in the code is taken out; click's are of several releases."""
    texts = {
        " ".join(node.value.split()) if "\n" in node.value else node.value
        for path in (*PACKAGE.rglob("*.py"), *PACKAGE.parent.glob(".ci/*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    of_click = {entry.msgid for entry in polib.pofile(str(CHINESE)) if entry.comment == "click"}
    assert len(of_click) > 15
    assert sorted(set(ENTRIES) - texts - set(helps()) - of_click) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_that_of_the_source(path: Path) -> None:
    """What the command reads is what was written."""
    assert entries(path.with_suffix(".mo")) == entries(path), "python tests/support/catalogue.py"


@pytest.mark.parametrize("english", ENTRIES)
def test_a_translation_has_the_same_gaps(english: str) -> None:
    """As many, each used once, and Chinese where there are words."""
    chinese = ENTRIES[english]
    names, gaps = (
        [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        for text in (english, chinese)
    )
    if any(names):
        assert set(gaps) <= set(names)  # those of click have names
    else:
        numbers = [int(name) if name else place for place, name in enumerate(gaps)]
        assert sorted(numbers) == list(range(len(names))), chinese
    if re.search("[a-z]{2}", re.sub(r"\{\w*\}|run", "", english)):
        assert re.search(r"[\u3000-\uffef]", chinese), chinese


@pytest.mark.parametrize(
    ("said", "chinese"),
    [
        (Message("no article has the id {}", "nothing found"), "没有编号为 nothing found 的文章"),
        (
            Message(
                "did you mean: {} ({}; {})", "智慧商圈", 12, Message("{} sounds the same as {}", "圈", "卷")
            ),
            "是不是要找：智慧商圈（12；“圈”与“卷”同音）",
        ),
        (
            Message(
                "line {}: {}",
                3,
                Message("{} at column {} of the query {}", Message("a bracket is not closed"), 1, "'(党建'"),
            ),
            "第 3 行：括号没有关上：检索式 '(党建' 第 1 列",
        ),
        (message_of(CorpusError("a.txt", "no such file or folder")), "a.txt：没有这个文件或文件夹"),
        (message_of(CorpusError("text", "is not UTF-8", line=3)), "text，第 3 行：不是 UTF-8"),
        (
            message_of(MissingExtraError("a.pdf", "p", "files")),
            "a.pdf：需要 p；安装：pip install p（在 searchlib 的源码目录里：pip install '.[files]'）",
        ),
        (
            join_messages([Message("{} for {}", "圈", "卷"), Message("{} is missing", "党")]),
            "“卷”应为“圈”；缺“党”",
        ),
        ("what nobody translated for lack of time", "what nobody translated for lack of time"),
        (Message("{} of nobody: {}", "查干湖", "nothing found"), "查干湖 of nobody: nothing found"),
    ],
)
def test_a_message_is_translated_with_its_values(said: str, chinese: str) -> None:
    """What the user typed stays as it is, even where it is spelt like a message."""
    assert translated(said, CODE) == chinese


def test_a_message_is_a_text_that_keeps_what_it_was_made_of() -> None:
    """Equal to its English, and the same after pickle and JSON; an error stands for its message."""
    error = StoreError("news.idx", Message("its lock {} is a link to elsewhere; delete it", "MAIN_WRITELOCK"))
    assert str(error) == "news.idx: its lock MAIN_WRITELOCK is a link to elsewhere; delete it"
    said = Message("{} ({})", error, 3)
    for same in (pickle.loads(pickle.dumps(said)), unpack(json.loads(json.dumps(pack(said))))):  # noqa: S301
        assert same == "news.idx: its lock MAIN_WRITELOCK is a link to elsewhere; delete it (3)" == said
        assert isinstance(same, Message)
        assert (same.template, same.values) == (said.template, said.values)
    assert message_of(pickle.loads(pickle.dumps(error))) == message_of(error)  # noqa: S301
    assert message_of(ValueError("plain")) == "plain"
    for forged in (["{:>999999999}", "a"], ["{} {}", "a"], ["{0.__class__}", "a"], [], [3], {"a": 1}):
        with pytest.raises(ValueError, match="packed message"):
            unpack(forged)  # type: ignore[arg-type]
    assert Message.of("100 {} %") == "100 {} %"


def test_a_chinese_locale_speaks_chinese(search: Search, archive: Path) -> None:
    """Answer, remark, error, help; the first variable that is set decides."""
    chinese = {"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}
    done = search("党建", "-n", "1", cwd=archive, **chinese)
    assert done.stdout.splitlines()[-1].startswith("第 1–1 条，共 2 条 · ")
    assert done.stdout.splitlines()[-1].endswith(" · 下一页：--offset 1")
    assert search("火星", cwd=archive, **chinese).stderr == "search: 没有“火星”\n"
    assert "引号没有关上" in search('"党建', cwd=archive, **chinese).stderr
    assert "括号没有关上" in search("(党建", cwd=archive, **chinese).stderr
    assert "缺少参数" in search("show", cwd=archive, **chinese).stderr
    page = search("--help", cwd=archive, **chinese).stdout
    assert page.startswith("用法：")
    assert "检查安装和索引" in page
    assert max(map(width_of, page.splitlines())) <= 80
    english = {**chinese, "LC_ALL": "C.UTF-8"}
    assert search("火星", cwd=archive, **english).stderr == "search: nothing found for 火星\n"
    assert search("--help", cwd=archive, **english).stdout.startswith("Usage:")


def test_what_programs_read_is_the_same_in_every_language(search: Search, archive: Path) -> None:
    """JSON, lines of JSON, runs, lists, counts."""
    for form in ("--json", "--jsonl", "--trec", "-l", "-c"):
        outputs = [
            re.sub(r'"took_ms": [\d.]+', "", search("党建", form, cwd=archive, LC_ALL=locale).stdout)
            for locale in ("C.UTF-8", "zh_CN.UTF-8")
        ]
        assert outputs[0] == outputs[1]
        assert outputs[0]
    assert json.loads(search("stats", "--json", cwd=archive, LC_ALL="zh_CN").stdout)["stats"]["articles"] == 3


def test_english_loads_no_catalogue(archive: Path, environment: dict[str, str]) -> None:
    """It costs those nothing who do not read it."""
    code = (
        "import sys\nfrom searchlib.cli import main\nmain(['火星']); main(['--help'])\n"
        "from searchlib.cli import messages\n"
        "sys.exit(messages._catalogue.cache_info().misses)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archive, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0


def test_no_message_is_written_twice() -> None:
    """Of two entries with one key the later one would win."""
    keys = [(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(CHINESE))]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_the_language_is_the_first_that_is_asked_for() -> None:
    """As gettext has it: LANGUAGE before LC_ALL; English where there is no catalogue."""
    assert messages.language_of({"LANGUAGE": "fr:zh_TW:en", "LC_ALL": "C"}) == "zh"
    assert messages.language_of({"LANGUAGE": "en_US:en", "LANG": "zh_CN.UTF-8"}) == "en"
    assert messages.language_of({"LANG": "fr_FR.UTF-8"}) == "en"
    assert messages.language_of({"LC_ALL": "../zh"}) == "en"
    assert messages.language_of({}) == "en"
