"""
README.md and the guides against the product: commands, outputs, Python, queries, names and links.

`documents.py` says what is run, and how. When an output has changed for good,
`python tests/support/documents.py` writes the new ones into the documents, or into those that are named.
"""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from documents import (
    CODE,
    DOCUMENTS,
    FENCE,
    GUIDES,
    MADE,
    PYTHON,
    README,
    ROOT,
    Document,
    agrees,
    typed_blocks,
)
from python_reference import reference as python_reference

import searchlib
from searchlib.cli.cells import width_of
from searchlib.cli.routing import load_verb
from searchlib.cli.verb_names import VERBS
from searchlib.engine.request import DEFAULT_BOOSTS
from searchlib.query.field_names import ALIASES

GUIDE = ROOT / "searchlib" / "guide"
CHANGELOG = ROOT / "CHANGELOG.md"
RENEW = "if the document is to change: python tests/support/documents.py"
REPOSITORY_PATH = re.compile(
    r"(?:\.ci|[A-Za-z_]\w*)(?:/[\w.]+)*(?:/|/\w+|\.(?:py|md|toml|cfg|ya?ml))|LICENSE|README|CHANGELOG"
)
NOT_OF_THE_REPOSITORY = re.compile(
    r"[\w./-]*(?:\.idx|\.jsonl|\.txt)/?|(?:news20k|cmrc2018)/|a\.\w+/?|NEAR/\w"
)
TEXT = README.read_text("utf-8")
ALL_TEXT = "".join(document.text for document in DOCUMENTS)
WITH_EXAMPLES = [document for document in DOCUMENTS if document.examples or document.queries]
BOTH = sorted({path.stem for path in GUIDES} - MADE)


def short_name(path: Path) -> str:
    """Name a file in the report of the tests."""
    return f"{path.parent.name}/{path.name}"


def by_name(document: Document) -> str:
    """Name a document in the report of the tests."""
    return document.name


def test_the_documents_have_what_is_checked_here() -> None:
    """No check below passes because it found nothing to look at."""
    examples = [example for document in WITH_EXAMPLES for example in document.examples]
    commands = [example for example in examples if "-m" in example.runs[0]]
    assert README in {document.path for document in WITH_EXAMPLES}
    assert len(commands) >= 20
    assert len(examples) - len(commands) >= 3
    assert sum(len(document.queries) for document in WITH_EXAMPLES) >= 40


@pytest.mark.parametrize("document", WITH_EXAMPLES, ids=by_name)
def test_the_examples_print_what_is_shown(document: Document, tmp_path: Path) -> None:
    """A command or a block of Python prints what is shown below it; a query finds as many as it says."""
    document.prepare(tmp_path)
    for example in document.examples:
        printed, code = document.run_one(example, tmp_path)
        if example.shown is None:
            assert code == 0, f"{example.typed}\n{printed}"
        else:
            assert agrees(example.shown, printed), f"{example.typed}\n{printed}\n{RENEW} {document.name}"
    if document.queries:
        with searchlib.open(tmp_path / ".search", read_only=True) as index:
            found = [(query, index.search(query, limit=0).total) for query, _ in document.queries]
        assert found == document.queries, RENEW


@pytest.mark.parametrize("topic", BOTH)
def test_both_languages_have_the_same_blocks_of_code(topic: str) -> None:
    """Every guide is there in both languages, with the same code; comments and outputs are translated."""
    english, chinese = (
        Document(ROOT / f"searchlib/guide/{language}/{topic}.md") for language in ("en", "zh")
    )
    assert english.path.exists()
    assert chinese.path.exists(), f"write {chinese.name}"
    assert typed_blocks(chinese.text) == typed_blocks(english.text)
    assert chinese.queries == english.queries


@pytest.mark.parametrize("path", GUIDES, ids=short_name)
def test_a_guide_begins_with_its_title(path: Path) -> None:
    """It is what `search help` lists: one line that fits a terminal."""
    title = path.read_text("utf-8").partition("\n")[0]
    assert title.startswith("# ")
    assert width_of(title) <= 60


def headings_of(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    }


@pytest.mark.parametrize(
    "path", [README, CHANGELOG, *GUIDES], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link to a file of the repository, to another guide or to a heading has its end."""
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", path.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        file, _, heading = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        assert not heading or heading in headings_of(target), link


def test_the_readme_leads_to_every_guide() -> None:
    """A guide that nothing leads to is not read."""
    links = set(re.findall(r"\]\((searchlib/guide/[^)\s#]+)", TEXT))
    missing = [path.relative_to(ROOT).as_posix() for path in GUIDES]
    assert [path for path in missing if path not in links] == [], "add it to the table of guides in README.md"


def test_the_python_reference_is_that_of_the_docstrings() -> None:
    """The guide is made, and is made again when a docstring or a signature changes."""
    assert PYTHON.read_text("utf-8") == python_reference(), "python tests/support/documents.py"


def test_the_chinese_guide_to_python_names_all_that_the_reference_has() -> None:
    """A public name, method or property that is new gets its line in Chinese."""
    reference = PYTHON.read_text("utf-8")
    named = set(re.findall(r"^#{3,4} `(?:\w+\.)?(\w+)`", reference, re.MULTILINE))
    fields = re.findall(r"^Fields: .*?\.$", reference, re.MULTILINE | re.DOTALL)
    named |= {name for listed in fields for name in re.findall(r"`(\w+)`:", listed)}
    assert {"open", "Index", "search", "headline_html", "facet_sizes"} <= named
    chinese = Document(GUIDE / "zh" / "python.md")
    said = {name for code in CODE.findall(chinese.prose) for name in re.findall(r"\w+", code)}
    assert sorted(named - said) == []


def test_ci_runs_the_two_commands_of_the_readme() -> None:
    """Word for word: what installs and does the main job, and what installs and passes the tests."""
    commands = [line for fence in FENCE.finditer(TEXT) if fence[1] == "sh" for line in fence[3].splitlines()]
    assert len(commands) == 2
    assert [
        line for line in commands if f"    {line}\n" not in (ROOT / ".ci" / "run").read_text("utf-8")
    ] == []


def test_the_readme_is_short() -> None:
    """It is read to the end; what is more goes into a guide."""
    assert len(TEXT.splitlines()) <= 200


def test_the_picture_shows_the_answer_of_today() -> None:
    """It is drawn from what the command writes on a terminal."""
    pytest.importorskip("pty", reason="needs a POSIX terminal")
    from picture import PICTURE, draw, screen  # noqa: PLC0415 (needs pyte)

    assert PICTURE.read_text("utf-8") == draw(screen()), "draw it again: python tests/support/picture.py"


MADE_OF_DATA = re.compile(r"Unicode License|Apache-2\.0")


def test_the_notice_names_every_table_made_of_data_of_others() -> None:
    """What its head says of a table's origin is in the package's NOTICE too, and nothing there is gone."""
    package = ROOT / "searchlib"
    notice = (package / "NOTICE").read_text("utf-8")
    tables = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(package.rglob("*"))
        if path.suffix in {".py", ".txt"} and MADE_OF_DATA.search(path.read_text("utf-8")[:700])
    ]
    assert len(tables) >= 4
    assert sorted(re.findall(r"^searchlib/\S+$", notice, re.MULTILINE)) == tables


def test_paths_in_backticks_exist() -> None:
    """A file or folder that a document names is there, below the root or below `searchlib/`."""
    named = {
        code
        for document in DOCUMENTS
        for code in CODE.findall(document.prose)
        if REPOSITORY_PATH.fullmatch(code) and not NOT_OF_THE_REPOSITORY.fullmatch(code)
    }
    assert len(named) >= 15, named
    missing = [name for name in named if not ((ROOT / name).exists() or (ROOT / "searchlib" / name).exists())]
    in_a_room = [name for name in missing if any((ROOT / "searchlib").glob(f"*/{name}"))]
    assert sorted(missing) == sorted(in_a_room)


def test_every_room_has_a_row() -> None:
    """Each folder and module of the package is in the map of rooms."""
    package = ROOT / "searchlib"
    text = (GUIDE / "en" / "contributing.md").read_text("utf-8")
    rooms = [f"{path.parent.name}/" for path in package.glob("*/__init__.py")]
    rooms += [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    assert rooms
    assert [room for room in rooms if f"\n| `{room}` |" not in text] == []


def test_every_verb_and_option_is_named() -> None:
    """The guide to the command has all that `search --help` lists, verbs and options."""
    text = (GUIDE / "en" / "command.md").read_text("utf-8")
    missing = [verb for verb in VERBS if verb != "query" and not re.search(rf"\| `search {verb}\b", text)]
    command = load_verb("query")
    with click.Context(command) as context:
        options = [o for p in command.get_params(context) if isinstance(p, click.Option) for o in p.opts]
    assert len(options) > 15
    missing += [option for option in options if not re.search(rf"`{option}[` ]", text)]
    assert missing == []


def test_every_field_has_its_weight_and_names() -> None:
    """The weights are those of the code, and each name that a query may use for a field is given."""
    for language, begin in (("en", "Default weights: "), ("zh", "默认权重：")):
        text = (GUIDE / language / "ranking.md").read_text("utf-8")
        (line,) = re.findall(rf"^{begin}.*$", text, re.MULTILINE)
        weights = {
            name: float(weight) for name, weight in re.findall(r"`(\w+)` ([\d.]+\d|\d)(?=[,.、。])", line)
        }
        assert weights == dict(DEFAULT_BOOSTS)
        text = (GUIDE / language / "query-language.md").read_text("utf-8")
        assert [name for name in ALIASES if f"`{name}`" not in text] == []


ALIASES_OF_TYPES = {
    "CitationStyle",
    "Facets",
    "Group",
    "KwicOrder",
    "Match",
    "Measure",
    "Period",
    "Progress",
    "Sort",
}
"""They are made of other types, so a docstring of theirs would be that of `Literal` or `Callable`."""


@pytest.mark.parametrize("name", sorted(set(searchlib.__all__) - ALIASES_OF_TYPES))
def test_every_public_name_says_what_it_is(name: str) -> None:
    """A public name has a docstring of its own, not the one that `dataclass` makes."""
    documented = getattr(searchlib, name).__doc__
    assert documented
    assert not documented.startswith(f"{name}(")


def test_the_changelog_begins_with_this_version() -> None:
    """The newest entry is the version in pyproject.toml, with its date."""
    (version,) = re.findall(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    newest = re.search(r"^## \[(.*)\] - \d{4}-\d\d-\d\d$", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("1–5 of 5 · 12 ms\n", "1–5 of 5 · 340 ms\n", True),
        ("→ .search (2.9 MB, 0.6 s)", "→ .search (900.1 kB, 10.0 s)", False),
        ("1 of 5 · 12 ms", "1 of 6 · 12 ms", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nb\nc\ne\n", False),
        ('{"took_ms": 1.0, "total": 2}', '{"took_ms": 2.5, "total": 2}', True),
        ('{"took_ms": 1.0, "total": 2}', '{"took_ms": 1.0, "total": 3}', False),
    ],
)
def test_comparing_can_fail(shown: str, printed: str, *, same: bool) -> None:
    """Only times, sizes and versions may differ."""
    assert agrees(shown, printed) is same
