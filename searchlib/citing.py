"""How an article is cited: for a list of references, for BibTeX, for reference managers (RIS)."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Literal, get_args

from searchlib.errors import ConfigError
from searchlib.message import Message
from searchlib.model import Article

CitationStyle = Literal["plain", "bibtex", "ris"]

_MOST_NAMED = 3
"""Authors that GB/T 7714 names before 等."""
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_{}"},
    }
)
_PARTS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def cite(article: Article, style: CitationStyle = "plain", *, url: str = "") -> str:
    """
    Return what to cite an article by; what is not known of it is left out.

    Args:
        style: `"plain"` as in GB/T 7714-2015, for a list of references; `"bibtex"` an entry of
            BibTeX, as biblatex knows newspapers; `"ris"` for Zotero, EndNote and others.
        url: Where the article can be read.

    Raises:
        ConfigError: There is no such style.

    >>> print(cite(Article(headline="冬捕", authors=["刘慧"], publication="松原日报", date="2023-12-29")))
    刘慧. 冬捕[N]. 松原日报, 2023-12-29.
    """
    if style not in get_args(CitationStyle):
        raise ConfigError("style", style, Message("one of {}", ", ".join(get_args(CitationStyle))))
    return {"plain": _plain, "bibtex": _bibtex, "ris": _ris}[style](article, _line(url))


def _line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def _plain(article: Article, url: str) -> str:
    authors = ", ".join(map(_line, article.authors[:_MOST_NAMED]))
    if len(article.authors) > _MOST_NAMED:
        authors += ", 等"
    date = (article.date or "").lstrip("-")
    page = f"({_line(article.page)})" if article.page else ""
    place = ", ".join(part for part in (_line(article.publication), date) if part) + page
    title = f"{_line(article.headline) or '[无题]'}[N{'/OL' if url else ''}]"
    return " ".join(f"{part}." for part in (authors, title, place, url) if part)


def _key(article: Article) -> str:
    """Return a name of the article for BibTeX and RIS: the year, and what tells it from any other."""
    year = (article.date or "")[:4]
    return f"{year if year.isdecimal() else 'nd'}-{blake2b(article.id.encode(), digest_size=4).hexdigest()}"


def _bibtex(article: Article, url: str) -> str:
    date = article.date if _PARTS.fullmatch(article.date or "") else ""
    fields = {
        "entrysubtype": "newspaper",
        "author": " and ".join(f"{{{_line(author).translate(_SPECIAL)}}}" for author in article.authors),
        "title": _line(article.headline).translate(_SPECIAL),
        "journal": _line(article.publication).translate(_SPECIAL),
        "date": date or "",
        "year": (date or "")[:4],
        "pages": _line(article.page).translate(_SPECIAL),
        "url": url.replace("{", "%7B").replace("}", "%7D"),
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}"]) + "\n"


def _ris(article: Article, url: str) -> str:
    dated = _PARTS.fullmatch(article.date or "")
    fields = [
        ("TY", "NEWS"),
        ("ID", _key(article)),
        ("TI", _line(article.headline)),
        *(("AU", _line(author)) for author in article.authors),
        ("T2", _line(article.publication)),
        ("PY", dated[1] if dated else ""),
        ("DA", "/".join(part or "" for part in dated.groups()) + "/" if dated else ""),
        ("SP", _line(article.page)),
        ("UR", url),
        ("LA", "zh"),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def citation_tags(article: Article, *, url: str = "") -> list[tuple[str, str]]:
    """
    Return names and contents of the `<meta>` elements by which Zotero knows an article of a newspaper.

    Source: the tags of Highwire Press that Zotero's "Embedded Metadata" translator reads.
    """
    dated = _PARTS.fullmatch(article.date or "")
    tags = [
        ("z:itemType", "newspaperArticle"),
        ("citation_title", _line(article.headline)),
        *(("citation_author", _line(author)) for author in article.authors),
        ("citation_date", dated[0] if dated else ""),
        ("citation_journal_title", _line(article.publication)),
        ("citation_firstpage", _line(article.page)),
        ("citation_public_url", url),
        ("citation_language", "zh"),
    ]
    return [(name, content) for name, content in tags if content]
