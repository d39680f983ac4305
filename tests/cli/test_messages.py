"""Messages in Chinese: every one has a translation with the same gaps, and English is untouched."""

from __future__ import annotations

import ast
import inspect
import json
import re
import string
import subprocess
import sys
from collections import Counter
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import click
import pytest

import searchlib
from searchlib.cli.cells import width_of
from searchlib.cli.chinese import MESSAGES, WORDS
from searchlib.cli.messages import translated
from searchlib.cli.names import VERBS
from searchlib.cli.routing import load_verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Search = Callable[..., CompletedProcess[str]]

PACKAGE = Path(searchlib.__file__).parent
HERE = "add it to searchlib/cli/chinese.py (a help text: chinese_help.py)"
ASKED = re.compile(r"told|remark|Problem|_error|\w*Error|BadParameter|ClickException|Check|Skipped|Lack")
NAMES = {"message", "reason", "finding", "hint", "empty", "suggestion", "form", "cure"}
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
    "{} Open it anew to make another": "a write into a folder that was swapped meanwhile",
    "whoosh3 {}": "a name",
    "pip uninstall Whoosh && pip install --force-reinstall whoosh3": "a command",
    "what searchlib wrote": "is not printed",
    "other files": "is not printed",
    "a new or an empty folder": "is not printed",
    "search - on a terminal": "a command",
    "search serve": "a command",
    "search mcp": "a command",
    "{}: use rarer words, a range of dates or a filter": "for a model",
    "--plot FILE.png": "a command",
    "{}: {}": "joins two",
    "{}; {}": "joins two",
    "{}; leave it out": "joins two",
    "{}; save it again as UTF-8": "joins two",
    "is in no encoding that can be told; {}": "joins two",
    "is {}, but broken at byte {}; {}": "joins two",
}


def template(node: ast.expr) -> str:
    """Return a text of the code with `{}` for what is put in; empty for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(template(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def messages() -> Iterator[tuple[str, str]]:
    """Yield each message of more than one word with its place; what `split --why` says stays English."""
    for path in sorted(set(PACKAGE.rglob("*.py")) - set(PACKAGE.glob("pages/*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                is_message = bool(ASKED.fullmatch(name)) and name not in NOT_SHOWN
                values = (*node.args, *(keyword.value for keyword in node.keywords))
                given = [*values] if is_message else []
            elif isinstance(node, ast.Assign):
                given = [node.value] if getattr(node.targets[0], "id", "") in NAMES else []
            else:
                continue
            for argument in given:
                cases = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                for text in map(template, cases):
                    if " " in text.strip() and re.search(r"[a-z]{2}", text.replace("{}", "")):
                        yield text, f"{path.relative_to(PACKAGE)}:{node.lineno}"


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
    found = dict(messages())
    assert len(found) > 120, "the walk through the code finds little"
    missing = {text: place for text, place in found.items() if text not in MESSAGES}
    unknown = {
        text: place
        for text, place in missing.items()
        if text not in NOT_TRANSLATED and translated(text.replace("{}", "7")) == text.replace("{}", "7")
    }
    assert unknown == {}, HERE


def test_every_help_text_has_a_translation() -> None:
    """Verbs, their paragraphs, options and examples."""
    found = set(helps())
    assert len(found) > 80
    assert sorted(found - set(MESSAGES)) == [], HERE


@pytest.mark.parametrize("english", [*MESSAGES, *WORDS])
def test_a_translation_has_the_same_gaps(english: str) -> None:
    """As many, each used once, and Chinese."""
    chinese = MESSAGES.get(english) or WORDS[english]
    gaps = [name for _, name, _, _ in string.Formatter().parse(chinese) if name is not None]
    numbers = [int(name) if name else place for place, name in enumerate(gaps)]
    assert sorted(numbers) == list(range(english.count("{}"))), chinese
    assert re.search(r"[\u3000-\uffef]", chinese), chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("no article has the id nothing found", "没有编号为 nothing found 的文章"),
        (
            "nothing found for 智慧商卷; did you mean: 智慧商圈 (12; 圈 sounds the same as 卷)",
            "没有“智慧商卷”，是不是要找：智慧商圈（12；“圈”与“卷”同音）",
        ),
        (
            "line 3: a bracket is not closed at column 1 of the query '(党建'",
            "第 3 行：括号没有关上：检索式 '(党建' 第 1 列",
        ),
        ("a.txt: no such file or folder", "a.txt：没有这个文件或文件夹"),
        ("limit=-1 is not allowed: 0 or more", "limit=-1 不允许：0 以上"),
        ("skipped a.txt: is not UTF-8", "跳过 a.txt：不是 UTF-8"),
        ("圈 for 卷", "“卷”应为“圈”"),
        ("what nobody translated for lack of time", "what nobody translated for lack of time"),
        ("查干湖: 冬捕; for", "查干湖: 冬捕; for"),
    ],
)
def test_a_whole_message_is_translated_with_its_values(english: str, chinese: str) -> None:
    """What the user typed stays as it is; joined messages are translated each."""
    assert translated(english) == chinese


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
        "sys.exit('searchlib.cli.chinese' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archive, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0


def test_no_message_is_written_twice() -> None:
    """A key of two tables would be one that cannot be found."""
    assert set(MESSAGES) & set(WORDS) == set()
    texts = [
        template(key)
        for name in ("chinese.py", "chinese_help.py")
        for node in ast.walk(ast.parse((PACKAGE / "cli" / name).read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if key is not None
    ]
    assert [text for text, count in Counter(texts).items() if count > 1] == []
