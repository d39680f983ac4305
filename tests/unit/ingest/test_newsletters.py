"""Newsletters by mail: a message that holds several articles, and a stub of plain text beside HTML."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

import searchlib

TEXTS = {
    "柳溪春茶抢鲜上市，提前五天开采": "柳溪镇茶园进入采摘旺季，镇里组织二百名工人下地，月底前采完第一茬。",
    "两条加工线月底投产，带动户均增收两千元": "镇农技站站长说，下一步将建设两条加工线，带动户均增收两千元。",
    "河湾社区书屋亮灯，放学后可写作业": "河湾社区新建的书屋昨晚开放到九点，孩子们可以来写作业。",
}


def _message(plain: str, html: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"] = "柳溪早报 2020-01-05"
    message["From"] = "柳溪早报 <news@example.org>"
    message["Date"] = "Sun, 05 Jan 2020 08:00:00 +0800"
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return bytes(message)


def _read(folder: Path, data: bytes) -> list[searchlib.Article]:
    (folder / "a.eml").write_bytes(data)
    return list(searchlib.read(folder / "a.eml"))


@pytest.mark.parametrize(
    ("frame", "head"),
    [
        ("<h1>柳溪早报</h1><p>今日要闻三条</p>{}", "<h2>{}</h2>"),
        ("<h1>柳溪早报</h1>{}", "<h2><a href='http://a.example'>{}</a></h2>"),
        ("<table><tr><td>{}</td></tr></table>", "<h3>{}</h3>"),
        ("<div>{}</div>", "<h2>{}</h2><p>来源：柳溪网</p>"),
    ],
)
def test_a_newsletter_in_html_gives_its_articles(tmp_path: Path, frame: str, head: str) -> None:
    """Each has the date of the message; the plain text beside it only says that there is HTML."""
    parts = "".join(head.format(title) + f"<p>{text}</p>" for title, text in TEXTS.items())
    found = _read(tmp_path, _message("请用支持 HTML 的邮件程序阅读。", frame.format(parts)))
    assert [article.headline for article in found] == list(TEXTS)
    assert {article.date for article in found} == {"2020-01-05"}
    assert len({article.id for article in found}) == len(TEXTS)


def test_a_weekly_in_plain_text_gives_its_articles(tmp_path: Path) -> None:
    """It lists them first."""
    listed = "\n".join(f"{n}. {title}" for n, title in enumerate(TEXTS, 1))
    text = "柳溪文摘 第12期\n目录\n" + listed + "\n\n" + "\n\n".join(f"{t}\n\n{x}" for t, x in TEXTS.items())
    found = _read(tmp_path, _message(text))
    assert [(article.headline, article.body) for article in found] == list(TEXTS.items())


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("\n\n".join(TEXTS.values()), ""),
        ("您好：\n\n附上两条消息。\n\n周小禾", "<p>您好：</p><p>附上两条消息。</p><p>周小禾</p>"),
        (
            "请用支持 HTML 的邮件程序阅读。",
            "<h1>通知</h1>" + "".join(f"<p>{text}</p>" for text in TEXTS.values()),
        ),
        ("", "".join(f"<p><b>{title}</b></p><p>{text}</p>" for title, text in list(TEXTS.items())[:2])),
    ],
)
def test_other_messages_stay_one_article(tmp_path: Path, plain: str, html: str) -> None:
    """Its headline is the subject, its author who sent it."""
    (article,) = _read(tmp_path, _message(plain, html))
    assert (article.headline, article.authors) == ("柳溪早报 2020-01-05", ("柳溪早报",))


def test_a_stub_of_plain_text_is_not_the_text(tmp_path: Path) -> None:
    """What is read is the HTML that it stands for."""
    html = "<h1>通知</h1>" + "".join(f"<p>{text}</p>" for text in TEXTS.values())
    (article,) = _read(tmp_path, _message("请用支持 HTML 的邮件程序阅读。", html))
    assert article.body.endswith("\n".join(TEXTS.values()))
