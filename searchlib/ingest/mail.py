"""E-mail to articles: a message each, from an .eml or an .mbox; attachments are not read."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from searchlib.dates import read_date
from searchlib.errors import CorpusError
from searchlib.ingest.archives import Blob
from searchlib.ingest.encodings import decode
from searchlib.ingest.html import articles_of_html
from searchlib.message import Message
from searchlib.model import Article

_MAX_MESSAGE_BYTES = 64 << 20


def articles_of_eml(blob: Blob) -> Iterator[Article]:
    """
    Yield the article of a message.

    Raises:
        CorpusError: It is no message.
    """
    yield _article(blob.read(), blob.source, 1)


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
                    yield _article(b"".join(message), blob.source, number)
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
        yield _article(b"".join(message), blob.source, number)


def _article(data: bytes, source: str, number: int) -> Article:
    message = BytesParser(policy=policy.default).parsebytes(data)
    if not message.keys():
        raise CorpusError(source, "is no message: it begins with no header")
    senders = [name or address for name, address in getaddresses([_header(message, "From")])]
    date = _header(message, "Date")
    to = _header(message, "To")
    return Article(
        f"{source}#{number}",
        _header(message, "Subject"),
        _body(message, source),
        authors=tuple(filter(None, senders)),
        date=(read_date(date) or date) if date else None,
        source=source,
        extra={"to": to} if to else {},
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


def _body(message: EmailMessage, source: str) -> str:
    """Return the plain text of a message, else the text of its HTML."""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        if part is None:
            continue
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        text = _text(data, part.get_content_charset(), source)
        if kind == "html":
            pages = articles_of_html(text, source)
            text = "\n".join(filter(None, (said for page in pages for said in (page.headline, page.body))))
        if text.strip():
            return text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return ""


def _text(data: bytes, charset: str | None, source: str) -> str:
    names = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
    try:
        return data.decode(names.get((charset or "").lower(), charset or "utf-8"))
    except (UnicodeDecodeError, LookupError):
        return decode(data, source) if data else ""
