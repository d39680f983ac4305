"""Files of every kind: articles or a `CorpusError`, whatever was changed outside or inside."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import warnings
import zipfile
from pathlib import Path
from typing import Any

import searchlib
from fuzz.mutating import any_text, mutated_bytes, mutated_text
from fuzz.target import corpus
from searchlib import Article, CorpusError
from searchlib.model import Span

ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "big5hkscs",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
)
MOST_S = 4.0
MOST_SAID = 2000
_BYTES_EVERY = 100_000
"""For each of so many bytes that a file unpacks to, `MOST_S` is allowed once more."""

_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_CONTAINER = '<container xmlns="urn:c"><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>'
_PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>书</dc:title><dc:creator>刘慧</dc:creator><dc:date>2024-08-09</dc:date></metadata><manifest>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b%20c.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F 24 Tf 100 700 Td (Winter fishing) Tj ET
endstream endobj 5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""


class Files:
    """Writes a file and reads it."""

    def __init__(self, home: Path) -> None:
        self._home = home / "files"
        self._home.mkdir()
        self._pages = corpus()
        self._texts = {
            "a.txt": self._pages[0][:2000],
            "a.md": "# 冬捕\n\n查干湖冬捕节开幕。\n\n## 农业\n\n丰收。\n" * 3,
            "a.html": "<!DOCTYPE html><html><head><meta charset='utf-8'><title>冬捕_日报</title>"
            "<meta name=author content='刘慧'><meta property='article:published_time' content='2023-12-29'>"
            "</head><body><nav>首页</nav>"
            "<article><h1>查干湖<em>冬捕</em></h1><p>湖水&nbsp;&amp;冰<br>二</p><pre>a\n b</pre></article>"
            "<article><h2>乙</h2><p>农业</article><script>x<y</script><footer>版权</footer></body></html>",
            "a.json": json.dumps(
                {
                    "data": [
                        {"title": "冬捕", "body": "湖", "n": 1.5, "tags": ["a", None]},
                        {"title": "乙", "text": "农"},
                    ]
                },
                ensure_ascii=False,
            ),
            "a.jsonl": '{"id": "1", "title": "冬捕", "content": "湖水", "author": ["刘", "慧"]}\n'
            '{"body": "农业", "date": "2024"}\n',
            "a.csv": 'title,body,日期\n冬捕,"查干湖,\n冬捕""节",2024\n农业,丰收,\n',
            "a.tsv": "headline\tbody\n冬捕\t湖水\n农业\t丰收\n",
        }
        self._parts = {
            "a.docx": {
                "word/document.xml": _WORD.format(
                    "<w:p><w:r><w:t>查干湖</w:t><w:tab/><w:t>冬捕</w:t><w:br/></w:r></w:p><w:tbl><w:tr><w:tc><w:p>"
                    "<w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
                ),
                "word/footnotes.xml": _WORD.format("<w:p><w:r><w:t>注</w:t></w:r></w:p>"),
            },
            "a.epub": {
                "META-INF/container.xml": _CONTAINER,
                "OEBPS/p.opf": _PACKAGE,
                "OEBPS/a.xhtml": "<html><body><h1>一</h1><p>湖水</p></body></html>",
                "OEBPS/b c.xhtml": "<html><body><h1>二</h1><p>农业</p></body></html>",
            },
            "a.zip": {
                "b/一.txt": "查干湖\n\n冬捕节昨天开幕。",
                "../c.jsonl": '{"body": "农业"}',
                "d.html": "<p>丰收</p>",
            },
        }
        self._whole = [text.encode() for text in self._texts.values()]

        warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
        warnings.filterwarnings("ignore", category=UnicodeWarning)  # a broken byte is read with a remark

    def draw(self, chance: random.Random) -> object:
        """Return a file's name and bytes."""
        kind = chance.random()
        if kind < 0.45:
            name = chance.choice(list(self._texts))
            text = self._texts[name]
            if name == "a.txt":
                page = chance.choice(self._pages)
                start = chance.randrange(len(page))
                text = page[start : start + 1000]
            text = mutated_text(chance, text, [*self._texts.values()], chance.choice([0, 1, 3, 9]))
            data = text.encode(chance.choice(ENCODINGS), "replace")
            if chance.random() < 0.4:
                data = mutated_bytes(chance, data, self._whole, chance.choice([1, 2, 6]))
        elif kind < 0.8:
            name = chance.choice(list(self._parts))
            data = self._packed(chance, self._parts[name])
        elif kind < 0.87:
            name, data = "a.pdf", mutated_bytes(chance, _PDF, self._whole, chance.choice([0, 1, 4]))
        elif kind < 0.95:
            name = chance.choice([*self._texts, *self._parts])
            data = (
                chance.randbytes(chance.randrange(300))
                if chance.random() < 0.5
                else any_text(chance, 90).encode(chance.choice(ENCODINGS), "replace")
            )
        else:
            name = chance.choice(["a.json", "a.html", "a.csv", "a.jsonl", "a.docx", "a.epub"])
            data = self._deep(chance, name)
        if chance.random() < 0.15:
            name += ".gz"
            data = gzip.compress(data, mtime=0)
            if chance.random() < 0.6:
                data = mutated_bytes(chance, data, self._whole, chance.choice([1, 3]))
        return name, data

    def _packed(self, chance: random.Random, parts: dict[str, str]) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
            for name, part in parts.items():
                if chance.random() < 0.1:
                    continue
                text = part
                if chance.random() < 0.5:
                    text = mutated_text(chance, part, [*parts.values(), *self._pages], chance.choice([1, 3]))
                data = text.encode(chance.choice(ENCODINGS[:4]), "replace")
                if chance.random() < 0.2:
                    data = mutated_bytes(chance, data, self._whole, 1)
                # zipfile itself cannot write every name and date.
                changes = int(chance.random() < 0.1)
                called = mutated_text(chance, name, [*parts], changes).encode("utf-8", "replace").decode()
                archive.writestr(
                    zipfile.ZipInfo(called[:200], (2024, 1, 1, 0, 0, 0)), data, archive.compression
                )
        whole = made.getvalue()
        return (
            mutated_bytes(chance, whole, self._whole, chance.choice([1, 3]))
            if chance.random() < 0.4
            else whole
        )

    def _deep(self, chance: random.Random, name: str) -> bytes:
        """Return a file of one thing in itself, or again and again."""
        many = chance.choice([50, 500, 5000, 20_000])
        opened, closed = chance.choice(
            {
                "a.json": [('{"a":', "}"), ("[", "]"), ('[{"body":"', '"}]'), ("9", "")],
                "a.jsonl": [('{"a":', "}"), ("[", "]"), ("\n", ""), ('{"body":1}\n', "")],
                "a.html": [
                    ("<div>", "</div>"),
                    ("<article><h1>", ""),
                    ("<!--", "-->"),
                    ("&#", ";"),
                    ("<a b=", ">"),
                    ("<", ""),
                ],
                "a.csv": [("a,", ""), ('"', ""), ("\n", ""), ("body\n", "")],
                "a.docx": [("<w:p>", "</w:p>"), ("<w:r>", "</w:r>"), ("<w:tbl><w:tr>", "</w:tr></w:tbl>")],
                "a.epub": [("<b>", "</b>"), ("<p>", "")],
            }[name]
        )
        text = opened * many + "湖" + closed * many
        if name == "a.docx":
            return self._packed_whole({"word/document.xml": _WORD.format(text)})
        if name == "a.epub":
            return self._packed_whole({**self._parts[name], "OEBPS/a.xhtml": text})
        return text.encode()

    def _packed_whole(self, parts: dict[str, str]) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return made.getvalue()

    def check(self, drawn: Any) -> None:
        """Read it; what comes is an article, and no file has appeared."""
        name, data = drawn
        for old in self._home.iterdir():
            old.unlink()
        path = self._home / name
        path.write_bytes(data)
        start = time.process_time()
        found, said = _read(path)
        took = time.process_time() - start
        texts = sum(len(article.body) for article in found)
        assert took < MOST_S * (1 + max(len(data), texts) // _BYTES_EVERY), f"{took:.1f} s"
        assert said.startswith(str(path) if said else "")
        assert len(said) < MOST_SAID + 2 * len(str(path)), f"{len(said):,} characters of a message"
        for article in found:
            _check_article(article)
        there = [file.name for file in self._home.iterdir()]
        assert there == [name], f"it left {there}"

    def close(self) -> None:
        """Nothing is open."""


def _read(path: Path) -> tuple[list[Article], str]:
    """Return the articles, and what is said when it cannot be read."""
    found: list[Article] = []
    try:
        found += searchlib.read(path)
    except CorpusError as error:
        return found, str(error)
    return found, ""


def _check_article(article: Article) -> None:
    for field in searchlib.model.TEXT_FIELDS:
        assert all(isinstance(text, str) for text in article.texts(field))
    assert isinstance(article.with_id().id, str)
    done = -1
    span: Span
    for span in article.spans if article.source.endswith((".txt", ".md")) else ():
        assert done < span[0] < span[1]
        done = span[1]
