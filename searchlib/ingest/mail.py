"""E-mail to articles: a message each, from an .eml or an .mbox; attachments are not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from searchlib.dates import read_date
from searchlib.errors import CorpusError
from searchlib.frozen import replace
from searchlib.ingest.archives import Blob
from searchlib.ingest.encodings import decode
from searchlib.ingest.html import articles_of_html
from searchlib.message import Message
from searchlib.model import Article
from searchlib.pages import split_text

_MAX_MESSAGE_BYTES = 64 << 20
_MIN_PARTS = 3
"""Articles at least that a message must hold to be a newsletter: an answer may quote another."""
_MAX_STUB = 200
"""Characters of a plain text at most that may stand for the HTML beside it."""
_MIN_MORE = 3
"""The HTML has so many times more text than the plain text that stands for it."""


def articles_of_eml(blob: Blob) -> Iterator[Article]:
    """
    Yield the article of a message.

    Raises:
        CorpusError: It is no message.
    """
    yield from _articles(blob.read(), blob.source, 1)


def articles_of_mbox(blob: Blob) -> Iterator[Article]:
    """
    Yield the articles of a mailbox, in which each message begins with a line `From `.

    Raises:
        CorpusError: It is no mailbox, or a message is too large.
    """
    message: list[bytes] = []
    number = size = 0
    is_blank = True
    with blob.open() as lines:
        for line in lines:
            if is_blank and line.startswith(b"From "):
                if number:
                    yield from _articles(b"".join(message), blob.source, number)
                message.clear()
                number, size = number + 1, 0
            elif not number and line.strip():
                raise CorpusError(blob.source, "is no mailbox: its first line does not begin with 'From '")
            else:
                message.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
                size += len(line)
                if size > _MAX_MESSAGE_BYTES:
                    reason = Message("holds a message of more than {} MiB", _MAX_MESSAGE_BYTES >> 20)
                    raise CorpusError(blob.source, reason)
            is_blank = not line.strip()
    if number:
        yield from _articles(b"".join(message), blob.source, number)


def _articles(data: bytes, source: str, number: int) -> Iterator[Article]:
    """Yield a message as one article, or a newsletter as those that it holds."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    if not message.keys():
        raise CorpusError(source, "is no message: it begins with no header")
    senders = [name or address for name, address in getaddresses([_header(message, "From")])]
    date = _header(message, "Date")
    to = _header(message, "To")
    day = (read_date(date) or date) if date else None
    extra = {"to": to} if to else {}
    body, parts = _body(message, source)
    if len(parts) >= _MIN_PARTS:
        for n, part in enumerate(parts, 1):
            on = part.date if part.date and part.date[0].isdigit() else day
            yield replace(part, id=f"{source}#{number}.{n}", date=on, source=source, spans=(), extra=extra)
        return
    yield Article(
        f"{source}#{number}",
        _header(message, "Subject"),
        body,
        authors=tuple(filter(None, senders)),
        date=day,
        source=source,
        extra=extra,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        raw = str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError):  # the parser of headers says what it likes
        return ""
    if any("\udc80" <= character <= "\udcff" for character in raw):  # bytes that no header declares
        try:
            return decode(raw.encode("utf-8", "surrogateescape"), "")
        except (CorpusError, UnicodeEncodeError):
            return raw.encode("utf-8", "replace").decode()
    return " ".join(raw.split())


def _body(message: EmailMessage, source: str) -> tuple[str, list[Article]]:
    """
    Return the text of a message, and the articles that it is split into where it is a newsletter.

    The plain text counts, unless it only says that the message is in HTML.
    """
    plain = _part(message, "plain", source)
    html = _part(message, "html", source) if len(plain) <= _MAX_STUB else ""
    if html:
        pages = [page for page in articles_of_html(html, source) if page.headline or page.body]
        text = "\n".join(filter(None, (said for page in pages for said in (page.headline, page.body))))
        if len(text) > _MIN_MORE * len(plain):
            return text.strip(), _newsletter(pages)
    text = plain.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text, _newsletter(split_text(text).articles) if text else []


def _newsletter(parts: Sequence[Article]) -> list[Article]:
    """Return the articles of a message where each has a headline and a text; else it is one."""
    texts = [part for part in parts if part.kind != "photo_caption"]
    is_news = len(texts) >= _MIN_PARTS and all(part.headline and part.body for part in texts)
    return list(parts) if is_news else []


def _part(message: EmailMessage, kind: str, source: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    return _text(payload if isinstance(payload, bytes) else b"", part.get_content_charset(), source)


def _text(data: bytes, charset: str | None, source: str) -> str:
    names = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
    try:
        return data.decode(names.get((charset or "").lower(), charset or "utf-8"))
    except (UnicodeDecodeError, LookupError):
        return decode(data, source) if data else ""
