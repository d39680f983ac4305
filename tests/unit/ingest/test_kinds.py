"""HTML, Word, EPUB, PDF, and archives of files."""

from __future__ import annotations

import gzip
import io
import json
import sys
import tarfile
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, CorpusError, MissingExtraError
from searchlib.ingest import archives
from searchlib.ingest.formats import read_file
from searchlib.ingest.page_breaks import join_pages

BODY = "查干湖冬捕今天开始，渔民在冰面上开网，鱼获颇丰，游客很多。"
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{}</w:body></w:document>'
)


def articles(path: Path) -> list[Article]:
    """Read a file under the name `in/NAME`."""
    return list(read_file(path, f"in/{path.name}"))


def refusal(path: Path) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(CorpusError) as caught:
        articles(path)
    return str(caught.value)


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def html(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[Article]:
    """Read a page."""
    path = tmp_path / "a.html"
    path.write_bytes(text.encode(encoding))
    return articles(path)


def test_a_web_page_is_its_text(tmp_path: Path) -> None:
    """Headline, facts and paragraphs; no menu, script, form or style."""
    page = f"""<!DOCTYPE html><html><head><meta charset="gbk"><title>冬捕开网_松原新闻网</title>
    <meta name=author content="刘慧">
    <meta property="article:published_time" content="2023-12-29T08:00:00+08:00">
    <meta property="og:site_name" content="松原日报"><style>p {{ }}</style></head>
    <body><nav><a>首页</a></nav><div><h1>查干湖<em>冬捕</em>开网</h1>
    <p>{BODY}<br>第二行&nbsp;&amp; 5G</p><script>var 甲 = "<p>乙</p>";</script>
    <p>第三段<p>没有关上的段<ul><li>一<li>二</ul></div><footer>版权所有</footer></body></html>"""
    for encoding in ("utf-8", "gb18030"):
        [article] = html(tmp_path, page, encoding)
        assert article.id == "in/a.html#1"
        assert article.headline == "查干湖冬捕开网"
        assert article.body.split("\n") == [BODY, "第二行 & 5G", "第三段", "没有关上的段", "一", "二"]
        assert (article.authors, article.date, article.publication) == (("刘慧",), "2023-12-29", "松原日报")
        [(start, end)] = article.spans
        assert page[start:].startswith("查干湖<em>")
        assert page[:end].rpartition("<li>")[2].startswith("二")


def test_a_page_without_a_head_has_its_title(tmp_path: Path) -> None:
    """The name of the site is no part of it."""
    [article] = html(tmp_path, f"<title>冬捕开网 - 松原新闻网</title><body>{BODY}")
    assert (article.headline, article.body) == ("冬捕开网", BODY)


def test_the_article_element_is_the_article(tmp_path: Path) -> None:
    """What stands beside it is left out, and several with a heading each are several."""
    one = f"<p>推荐阅读</p><article><h1>甲</h1><p>{BODY}</p></article>"
    assert [(a.headline, a.body) for a in html(tmp_path, one)] == [("甲", BODY)]
    two = one + "<article><h2>乙</h2><p>农业丰收</p></article>"
    assert [(a.id, a.headline, a.body) for a in html(tmp_path, two)] == [
        ("in/a.html#1", "甲", BODY),
        ("in/a.html#2", "乙", "农业丰收"),
    ]


@pytest.mark.parametrize(
    "text", ["", "<", "<!--", "<p", "</p></div>", "<nav>", "<script>", "<title>", "a" * 9]
)
def test_broken_pages_do_no_harm(tmp_path: Path, text: str) -> None:
    """Whatever stands there, what is text is taken, and nothing else."""
    found = [article.body or article.headline for article in html(tmp_path, text)]
    assert found == (["a" * 9] if text[:1] == "a" else found)
    assert "".join(found).replace("<", "") in {"", "a" * 9, "!--", "p"}


def test_a_menu_that_is_never_closed_does_not_hide_the_text(tmp_path: Path) -> None:
    """Where nothing would be left, what stands in menus is the text."""
    assert [a.body for a in html(tmp_path, f"<nav><p>{BODY}</p>")] == [BODY]


def test_word(tmp_path: Path) -> None:
    """Runs join to paragraphs, table cells and text boxes are read once, what was deleted is not."""
    content = (
        "<w:p><w:r><w:t>查干湖冬捕</w:t></w:r><w:r><w:t>开网</w:t></w:r></w:p><w:p/>"
        f"<w:p><w:r><w:t>{BODY}</w:t><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r><w:del><w:r>"
        "<w:delText>删去</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>框内</w:t></w:r></w:p></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    path = zipped(tmp_path / "a.docx", {"word/document.xml": WORD.format(content)})
    [article] = articles(path)
    assert article.headline == "查干湖冬捕开网"
    assert article.body.split("\n") == [f"{BODY}\t甲", "乙", "格内", "框内"]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.txt": "甲"}, "in/a.docx: is no Word document: it has no word/document.xml"),
        ({"word/document.xml": "<a>"}, "in/a.docx: its part word/document.xml is no XML: no element found"),
        (
            {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            "in/a.docx: its part word/document.xml declares entities, which no document needs",
        ),
    ],
)
def test_what_is_no_word_document(tmp_path: Path, members: dict[str, bytes | str], message: str) -> None:
    """It is refused with the reason."""
    assert refusal(zipped(tmp_path / "a.docx", members)).startswith(message)


def test_epub(tmp_path: Path) -> None:
    """Chapters come in the order of the spine, with the book's title, author and date."""
    package = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:title>松原志</dc:title><dc:creator>刘慧</dc:creator><dc:date>2020-05</dc:date></metadata><manifest>
    <item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="b" href="text/b%20b.xhtml" media-type="application/xhtml+xml"/>
    <item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/>
    <item id="i" href="i.png" media-type="image/png"/></manifest>
    <spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
    chapter = "<html><head><title>松原志</title></head><body><h1>{}</h1><p>{}&nbsp;</p></body></html>"
    members: dict[str, bytes | str] = {
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>',
        "OPS/p.opf": package,
        "OPS/nav.xhtml": "<p>目录</p>",
        "OPS/text/b b.xhtml": chapter.format("第二章", "农业"),
        "OPS/text/a.xhtml": chapter.format("第一章", BODY),
    }
    found = articles(zipped(tmp_path / "a.epub", members))
    facts = {"authors": ("刘慧",), "publication": "松原志", "date": "2020-05", "source": "in/a.epub"}
    assert found == [
        Article(id="in/a.epub#1", headline="第一章", body=BODY, page="1", **facts),  # type: ignore[arg-type]
        Article(id="in/a.epub#2", headline="第二章", body="农业", page="2", **facts),  # type: ignore[arg-type]
    ]
    del members["OPS/p.opf"]
    assert refusal(zipped(tmp_path / "a.epub", members)) == "in/a.epub: its part 'OPS/p.opf' is missing"


def pdf(path: Path, lines: str) -> Path:
    """Write a PDF of one page with a line of a standard font."""
    stream = f"BT /F1 12 Tf 72 700 Td ({lines}) Tj ET".encode() if lines else b""
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>" % font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n%strailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        end,
    )
    path.write_bytes(data)
    return path


def test_pdf(tmp_path: Path) -> None:
    """Its text is split as a page; without text, or when it is no such file, it is refused."""
    pytest.importorskip("pypdfium2")
    assert [a.body for a in articles(pdf(tmp_path / "a.pdf", "Chagan Lake in winter, 5G."))] == [
        "Chagan Lake in winter, 5G."
    ]
    assert refusal(pdf(tmp_path / "b.pdf", "")) == (
        "in/b.pdf: holds no text, only pictures of it; take the text out first with OCR"
    )
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert refusal(tmp_path / "c.pdf").startswith("in/c.pdf: is no PDF that can be read: ")


def test_without_the_extra_a_pdf_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install; a sync reports the file and goes on."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.setattr("searchlib.ingest.formats.read_isolated", lambda *_: None)
    path = pdf(tmp_path / "texts.pdf", "甲")
    with pytest.raises(MissingExtraError) as caught:
        articles(path)
    cure = "pip install pypdfium2 (in a clone of searchlib: pip install '.[files]')"
    reason = f"needs pypdfium2; install it with: {cure}"
    assert str(caught.value) == f"in/texts.pdf: {reason}"
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    with searchlib.open(tmp_path / "x.idx") as index:
        report = index.sync(tmp_path)
    assert (report.added, [skipped.path for skipped in report.skipped]) == (1, [str(path)])
    assert reason in report.skipped[0].reason


def test_gzip_is_what_it_packs(tmp_path: Path) -> None:
    """By the suffix before .gz, whatever the encoding."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(BODY.encode("gb18030")))
    (tmp_path / "b.JSONL.GZ").write_bytes(gzip.compress(b'{"id": "7", "body": "a"}\n\n{"body": "b"}'))
    assert [a.body for a in articles(tmp_path / "a.txt.gz")] == [BODY]
    assert [a.body for a in articles(tmp_path / "b.JSONL.GZ")] == ["a", "b"]
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(BODY.encode())[:-9])
    assert refusal(tmp_path / "c.txt.gz").startswith("in/c.txt.gz: is a damaged archive: ")
    (tmp_path / "d.txt.gz").write_text(BODY, "utf-8")
    assert refusal(tmp_path / "d.txt.gz").startswith("in/d.txt.gz: is a damaged archive: ")


def test_a_zip_holds_files(tmp_path: Path) -> None:
    """Each under its own source; what is hidden, of another kind or an archive itself is passed over."""
    inner = zipped(tmp_path / "inner.zip", {"z.txt": "里"}).read_bytes()
    path = zipped(
        tmp_path / "a.zip",
        {
            "报纸/一.txt": BODY,
            "b.jsonl": json.dumps({"body": "乙"}),
            "c.png": "x",
            "__MACOSX/._b.jsonl": "x",
            ".d.txt": "x",
            "inner.zip": inner,
            "e/": "",
        },
    )
    assert [(a.source, a.body) for a in articles(path)] == [
        ("in/a.zip/报纸/一.txt", BODY),
        ("in/a.zip/b.jsonl", "乙"),
    ]


def test_names_in_an_archive_do_not_lead_out(tmp_path: Path) -> None:
    """They stay below the archive's own source; equal names are told apart, and nothing is written."""
    path = zipped(
        tmp_path / "a.zip",
        {
            "../../etc/a.txt": BODY,
            "/etc/a.txt": BODY,
            "C:\\w\\b.txt": BODY,
            "x/./..//../c.txt": BODY,
            "..": "x",
        },
    )
    before = sorted(tmp_path.rglob("*"))
    assert [a.source for a in articles(path)] == [
        "in/a.zip/etc/a.txt",
        "in/a.zip/etc/a.txt (2)",
        "in/a.zip/w/b.txt",
        "in/a.zip/x/c.txt",
    ]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_in_gbk_inside_an_archive(tmp_path: Path) -> None:
    """Chinese Windows writes names without saying in which encoding."""
    path = zipped(tmp_path / "a.zip", {"PLACE.txt": BODY})
    path.write_bytes(path.read_bytes().replace(b"PLACE", "报纸".encode("gbk") + b"1"))
    assert [a.source for a in articles(path)] == ["in/a.zip/报纸1.txt"]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is known before it is read, or as soon as too much has come; few blanks are no bomb."""
    blanks = b" " * 3_000_000
    zipped(tmp_path / "a.zip", {f"{n}.txt": blanks for n in range(3)})
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(blanks * 3))
    assert articles(tmp_path / "a.zip") == articles(tmp_path / "a.txt.gz") == []
    monkeypatch.setattr(archives, "FREE_BYTES", 1_000_000)
    monkeypatch.setattr("searchlib.ingest.formats.read_isolated", lambda *_: None)
    for name in ("a.zip", "a.txt.gz"):
        assert refusal(tmp_path / name) == (
            f"in/{name}: unpacks to more than 200 times its size; if it is no trap, unpack it first"
        )
    monkeypatch.setattr(archives, "FREE_BYTES", 10_000_000)
    monkeypatch.setattr(archives, "MAX_HELD_BYTES", 1 << 20)
    assert refusal(tmp_path / "a.txt.gz") == "in/a.txt.gz: unpacks to more than 1 MiB; unpack it first"


def test_broken_archives_are_refused(tmp_path: Path) -> None:
    """No archive, a damaged one, an encrypted one."""
    (tmp_path / "a.zip").write_text(BODY, "utf-8")
    assert refusal(tmp_path / "a.zip") == "in/a.zip: is a damaged archive: File is not a zip file"
    path = zipped(tmp_path / "b.zip", {"b.txt": BODY})
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(data)
    assert refusal(path).startswith("in/b.zip/b.txt: is a damaged archive: ")
    path = zipped(tmp_path / "c.zip", {"c.txt": BODY})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "in/c.zip/c.txt: is encrypted; unpack it first"
    assert io.BytesIO(data).read(2) == b"PK"


OPENDOCUMENT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def test_an_opendocument_text(tmp_path: Path) -> None:
    """Paragraphs, blanks and ruby; deleted text and remarks are not there."""
    text = (
        "<text:tracked-changes><text:p>删去</text:p></text:tracked-changes><text:h>冬捕开始</text:h>"
        '<text:p>查干<text:span>湖</text:span><text:s text:c="2"/>在'
        "<text:ruby><text:ruby-base>重</text:ruby-base>"
        "<text:ruby-text>chóng</text:ruby-text></text:ruby>庆"
        "<office:annotation><text:p>批注</text:p></office:annotation>市</text:p>"
    )
    content = f"<office:document-content {OPENDOCUMENT}>{text}</office:document-content>"
    [article] = articles(zipped(tmp_path / "a.odt", {"content.xml": content}))
    assert (article.headline, article.body) == ("冬捕开始", "查干湖  在重庆市")


def test_rich_text_in_gbk(tmp_path: Path) -> None:
    """Bytes of the code page and characters by number."""
    pytest.importorskip("striprtf")
    (tmp_path / "a.rtf").write_bytes(
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0 "
        rb"\'b2\'e9\'b8\'c9\'ba\'fe\par \u24320?\u32593?\par}"
    )
    assert [article.body for article in articles(tmp_path / "a.rtf")] == ["查干湖\n开网"]
    (tmp_path / "b.rtf").write_text("查干湖", "utf-8")
    assert refusal(tmp_path / "b.rtf") == "in/b.rtf: is no RTF, though its name ends in .rtf"


def test_a_workbook(tmp_path: Path) -> None:
    """A row is a record where the first row names fields; any other sheet is a text."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["标题", "正文", "日期", "版次"])
    book.active.append(["冬捕", "查干湖开网", datetime(2024, 1, 3), 5.0])  # noqa: DTZ001
    names = book.create_sheet("名单")
    names.append(["张三", None, 3])
    book.save(tmp_path / "a.xlsx")
    first, second = articles(tmp_path / "a.xlsx")
    assert (first.headline, first.body, first.date, first.page) == ("冬捕", "查干湖开网", "2024-01-03", "5")
    assert (second.headline, second.body) == ("名单", "张三 3")
    zipped(tmp_path / "b.xlsx", {"a.txt": "甲"})
    assert refusal(tmp_path / "b.xlsx") == "in/b.xlsx: is no Excel workbook: it has no xl/workbook.xml"


MESSAGE = (
    b"Subject: =?gb2312?B?suLK1A==?=\r\nFrom: =?utf-8?B?5YiY5oWn?= <a@b.cn>\r\nTo: x@y.cn\r\n"
    b"Date: Fri, 15 Mar 2024 08:05:00 +0800\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n"
) + "查干湖冬捕\r\n开网\r\n".encode("gbk")


def test_mail(tmp_path: Path) -> None:
    """A message, and a mailbox of several; a line with From inside a message begins no other."""
    (tmp_path / "a.eml").write_bytes(MESSAGE)
    [article] = articles(tmp_path / "a.eml")
    assert (article.headline, article.authors, article.date) == ("测试", ("刘慧",), "2024-03-15")
    assert article.body == "查干湖冬捕\n开网"
    start = b"From a@b.cn Fri Mar 15 08:05:00 2024\n"
    (tmp_path / "a.mbox").write_bytes(start + MESSAGE + b">From here\n\n" + start + MESSAGE)
    found = articles(tmp_path / "a.mbox")
    assert [(article.id, article.headline) for article in found] == [
        ("in/a.mbox#1", "测试"),
        ("in/a.mbox#2", "测试"),
    ]
    assert found[0].body.endswith("From here")
    (tmp_path / "b.mbox").write_text("查干湖", "utf-8")
    assert "is no mailbox" in refusal(tmp_path / "b.mbox")


def test_subtitles(tmp_path: Path) -> None:
    """What is said, without numbers, times and styles."""
    (tmp_path / "第1集.srt").write_text(
        "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>查干湖</i>\r\n{\\an8}冬捕\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,500\r\n开网\r\n",
        "utf-8",
    )
    (tmp_path / "b.vtt").write_text(
        "WEBVTT\n\nNOTE 甲\n\n00:01.000 --> 00:02.500 align:start\n<v 张三>你好\n", "utf-8"
    )
    assert [(a.headline, a.body) for a in articles(tmp_path / "第1集.srt")] == [
        ("第1集", "查干湖 冬捕\n开网")
    ]
    assert [a.body for a in articles(tmp_path / "b.vtt")] == ["你好"]


def test_xml_of_any_kind(tmp_path: Path) -> None:
    """A feed's items are records, whatever its encoding; any other is a text with the first title."""
    feed = (
        '<?xml version="1.0" encoding="gb2312"?><rss><channel><title>频道</title><description>d</description>'
        "<item><title>冬捕</title><description>&lt;p&gt;查干&lt;b&gt;湖&lt;/b&gt;开网&lt;/p&gt;</description>"
        "<pubDate>Fri, 15 Mar 2024 08:05:00 +0800</pubDate></item></channel></rss>"
    )
    (tmp_path / "a.xml").write_bytes(feed.encode("gbk"))
    [item] = articles(tmp_path / "a.xml")
    assert (item.headline, item.body, item.date) == ("冬捕", "查干湖开网", "2024-03-15")
    (tmp_path / "b.xml").write_text(
        "<TEI><title>红楼梦</title><p>甄士隐<b>梦幻</b>识通灵</p><p>贾雨村</p></TEI>", "utf-8"
    )
    [text] = articles(tmp_path / "b.xml")
    assert (text.headline, text.body) == ("红楼梦", "甄士隐梦幻识通灵\n贾雨村")
    (tmp_path / "c.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "utf-8")
    assert refusal(tmp_path / "c.xml") == "in/c.xml: its text declares entities, which no document needs"


def test_a_tar_holds_files(tmp_path: Path) -> None:
    """As a .zip does: names that lead out stay inside, other kinds are passed over."""
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        for name, data in (("报纸/a.txt", BODY), ("b.doc", "x"), ("../c.csv", "id,body\n7,乙\n")):
            member = tarfile.TarInfo(name)
            member.size = len(data.encode())
            archive.addfile(member, io.BytesIO(data.encode()))
    found = [(article.source, article.body) for article in articles(tmp_path / "a.tar.gz")]
    assert found == [("in/a.tar.gz/报纸/a.txt", BODY), ("in/a.tar.gz/c.csv", "乙")]
    (tmp_path / "b.tar").write_bytes(b"x" * 1000)
    assert "is a damaged archive" in refusal(tmp_path / "b.tar")


def test_a_document_that_is_something_else_is_named(tmp_path: Path) -> None:
    """By what it is, not by what its parser chokes on."""
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99)
    assert (
        refusal(tmp_path / "a.docx") == "in/a.docx: is an old Office document, though its name ends in .docx"
    )
    (tmp_path / "b.epub").write_text(BODY, "utf-8")
    assert refusal(tmp_path / "b.epub") == "in/b.epub: holds plain text, though its name ends in .epub"


PAGE = "今年以来镇里把茶园管护摆在\n重要位置统筹推进各项工作取\n得了明显成效全市召开党建引"


@pytest.mark.parametrize("furniture", ["", "\n1", "\n- 1 -", "\n第1页", "\n1/2", "\n第 1 页 共 2 页"])
def test_a_sentence_goes_on_over_a_page_end(furniture: str) -> None:
    """The number between does not part it; the text keeps its length."""
    text = f"{PAGE}\n{furniture}\n\f领基层治理工作会议召开\n"
    joined = join_pages(text)
    assert len(joined) == len(text)
    assert "".join(joined.split()).endswith("党建引领基层治理工作会议召开")


@pytest.mark.parametrize("after", ["　　领基层治理", "\n\n"])
def test_what_ends_with_its_page_ends(after: str) -> None:
    """A sentence, an indented line, nothing more."""
    for text in (f"{PAGE[:-1]}。\n\f领基层治理", f"{PAGE}\n\f{after}", f"{PAGE}\n短行\n\f领基层治理"):
        assert join_pages(text) == text
