"""Files that somebody has made to do harm, or that fuzzing found: an error of the corpus."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from work import growth

import searchlib
from searchlib import CorpusError
from searchlib.ingest.html_parser import HtmlReader

BODY = "查干湖冬捕节开幕。"
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body>'
    "</w:document>"
)
DEEP = 100_000
MANY = 1000


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name or "x")
            info.filename = name  # an empty one too
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return path


def bodies(path: Path) -> list[str]:
    """Return the texts of a file."""
    return [article.body for article in searchlib.read(path)]


def refusal(path: Path) -> str:
    """Return what is said of a file that is refused, without its folder."""
    with pytest.raises(CorpusError) as caught:
        bodies(path)
    return str(caught.value).removeprefix(f"{path.parent.as_posix()}/")


@pytest.mark.parametrize(
    ("name", "member"),
    [("a.zip", "b.txt"), ("a.docx", "word/document.xml"), ("a.epub", "META-INF/container.xml")],
)
def test_what_an_unpacker_chokes_on_is_a_damaged_archive(name: str, member: str, tmp_path: Path) -> None:
    """Of a file cut at the front zipfile says ValueError or OSError: a member would begin before it."""
    path = zipped(tmp_path / name, {member: BODY})
    path.write_bytes(path.read_bytes()[40:])
    assert "is a damaged archive: " in refusal(path)


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    """zipfile itself says IndexError of it."""
    assert bodies(zipped(tmp_path / "a.zip", {"": BODY, "b.txt": BODY})) == [BODY]


def test_a_long_name_does_not_fill_the_message(tmp_path: Path) -> None:
    """zipfile repeats what stands in place of a name."""
    path = zipped(tmp_path / "a.docx", {"word/document.xml": BODY})
    data = bytearray(path.read_bytes())
    data[26:28] = b"\xff\xff"  # the length of its name
    path.write_bytes(data + b"\0" * 70_000)
    assert len(refusal(path)) < 400


def test_an_unknown_compression_is_not_taken_for_a_password(tmp_path: Path) -> None:
    """What zipfile says of both is a RuntimeError."""
    path = zipped(tmp_path / "a.docx", {"word/document.xml": BODY})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(signature) + place] = 99
    path.write_bytes(data)
    assert "That compression method is not supported" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    """A document that declares some could stand for a million times its length, or for another file."""
    names = "abcdefgh"
    laughs = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise(names))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "ha">{laughs}]><d>&h;</d>'
    word = zipped(tmp_path / "a.docx", {"word/document.xml": text.encode(encoding)})
    assert refusal(word) == "a.docx: its part word/document.xml declares entities, which no document needs"
    book = zipped(tmp_path / "a.epub", {"META-INF/container.xml": text.encode(encoding)})
    assert refusal(book).startswith("a.epub: its part META-INF/container.xml declares entities")


def test_elements_in_each_other_take_no_stack(tmp_path: Path) -> None:
    """A hundred thousand deep, where Python's stack has a thousand."""
    runs = "<w:r>" * DEEP + "<w:t>湖</w:t>" + "</w:r>" * DEEP
    assert bodies(zipped(tmp_path / "a.docx", {"word/document.xml": WORD.format(f"<w:p>{runs}</w:p>")})) == [
        "湖"
    ]
    container = '<c xmlns="u"><rootfile full-path="p"/></c>'
    package = "<a>" * DEEP + "</a>" * DEEP
    assert bodies(zipped(tmp_path / "a.epub", {"META-INF/container.xml": container, "p": package})) == []


def test_the_package_of_a_book_is_small(tmp_path: Path) -> None:
    """It is held as a tree, which takes many times its size."""
    path = zipped(tmp_path / "a.epub", {"META-INF/container.xml": "<c>" + " " * (9 << 20) + "</c>"})
    assert refusal(path) == "a.epub: its part META-INF/container.xml is larger than 8 MiB"


@pytest.mark.parametrize("depth", [200, 500, 990, DEEP])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("opened", ['{"a":', "[", '[{"a":', '{"title":'])
def test_json_of_any_depth_is_read_or_refused(opened: str, name: str, depth: int, tmp_path: Path) -> None:
    """Python reads nearly a thousand lists in each other, and then has no stack left to look at them."""
    closed = "".join({"{": "}", "[": "]"}.get(char, "") for char in reversed(opened))
    path = tmp_path / name
    path.write_text(opened * depth + '"湖"' + closed * depth, "utf-8")
    with searchlib.open(tmp_path / "x.idx") as index:
        report = index.sync(path)
    assert report.added + len(report.skipped) == 1


@pytest.mark.parametrize(
    "opened",
    [
        "<!--",
        "<!",
        "<?",
        "</",
        "<",
        "<a ",
        '<a b="',
        "<a/",
        "<![",
        "<![CDATA[",
        "<div>",
        "<article><h1>",
        "&",
        "&#",
    ],
)
def test_a_page_of_what_is_never_closed_is_read_in_time(
    opened: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is that of the page, not of its square; and what can be read of it is."""
    looked_at = []
    whole = HtmlReader.goahead

    def goahead(reader: HtmlReader, end: bool) -> None:
        looked_at.append(len(reader.rawdata))
        whole(reader, end)

    def read(size: int) -> None:
        looked_at.clear()
        path.write_text(f"<p>{BODY}</p>" + opened * size, "utf-8")
        assert any(BODY in body for body in bodies(path))

    path = tmp_path / "a.html"
    monkeypatch.setattr(HtmlReader, "goahead", goahead)
    assert growth(read, MANY) < 2.3
    assert sum(looked_at) < 12 * path.stat().st_size, "else the rest of the page is read for each bracket"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a<![html><p>b", "a\nb"),
        ("<p>a<![if IE]>b<![endif]>c", "abc"),
        ("<p>a<![CDATA[x]]>b", "ab"),
        ("<p>a &lt", "a <"),
        ("<p>A&T", "A&T"),
        ("<p>a<b", "a<b"),
        ("<p>a<!-- <p>b</p>", "a<!--\nb"),
        ("<p>a<script>b", "a"),
    ],
)
def test_what_is_never_closed_hides_nothing(page: str, text: str, tmp_path: Path) -> None:
    """But a script."""
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    assert bodies(path) == [text]
