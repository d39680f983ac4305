"""
What an HTML file says of its article outside of the text: in meta tags and in JSON-LD.

Meta tags name the site as its author as often as who wrote; JSON-LD says which it
is, a person or an organization. The name of the site is no author, so that the
line below the headline counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from searchlib.pages.folded import fold_page
from searchlib.pages.said_keys import authors_of, day_of

_META = {
    "og:title": "headline",
    "twitter:title": "headline",
    "articletitle": "headline",
    "og:site_name": "publication",
    "contentsource": "publication",
    "source": "publication",
    "mediaid": "publication",
    "author": "authors",
    "article:author": "authors",
    "og:article:author": "authors",
    "article:published_time": "date",
    "og:release_date": "date",
    "datepublished": "date",
    "publishdate": "date",
    "pubdate": "date",
    "publish_time": "date",
    "date": "date",
    "dc.date": "date",
    "columnname": "column",
    "article:section": "column",
}
_LINKED = {"headline": "headline", "datePublished": "date", "publisher": "publication"}
_PROPERTIES = {
    "title": "headline",
    "introtitle": "overline",
    "subtitle": "subtitle",
    "author": "authors",
    "date": "date",
    "paper": "publication",
}
"""Elements in the comment `enpproperty` of Founder's e-editions."""
_PROPERTY = re.compile(r"<(?P<key>[a-z]+)>(?P<value>[^<>]*)</(?P=key)>")
_MEDIUM = re.compile(
    r".+(?:新闻[网云]?|电子报|[日晚早周时商快]报|通讯社|网站?|电视台|编辑部)|(?:新华|中央|中新|法新|路透|美联|共同)社"
)
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}")


class StatedFacts:
    """Facts of an article as they come; the first of each counts, but a person before a site."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._has_person = False
        self._organization: tuple[str, ...] = ()
        self._sites: set[str] = set()

    def take_meta(self, attributes: Mapping[str, str]) -> None:
        """Take what a meta tag says."""
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        name = _META.get(key.lower())
        value = attributes.get("content", "").strip()
        if name is not None and value:
            self._keep(name, value)

    def take_properties(self, text: str) -> None:
        """Take what the comment of an e-edition says."""
        for found in _PROPERTY.finditer(text):
            name, value = _PROPERTIES.get(found["key"]), unescape(found["value"]).strip()
            if name is not None and value:
                self._keep(name, value)

    def take_linked_data(self, text: str) -> None:
        """Take what JSON-LD says of the article; strings with line breaks in them are taken too."""
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            return
        for item in _articles_in(value):
            for key, name in _LINKED.items():
                if item.get(key):
                    self._keep(name, item[key])
            self._take_writers(item.get("author"))

    def without_sites(self) -> dict[str, Any]:
        """Return the facts; names of media among the authors are left out."""
        named = self.values.get("authors", ())
        people = [name for name in named if not self._is_site(name)]
        writers = people or [name for name in self._organization if not self._is_site(name)]
        return {**self.values, "authors": tuple(writers)}

    def _take_writers(self, value: Any) -> None:
        """Take the authors that JSON-LD names; persons count more than what a meta tag says."""
        writers = value if isinstance(value, list) else [value]
        people = [each for each in writers if _is_person(each)]
        if people and not self._has_person and (names := authors_of(people)):
            self.values["authors"] = names
            self._has_person = True
        elif value and not people and not self._organization:
            self._organization = authors_of(value)

    def _keep(self, name: str, value: Any) -> None:
        if name == "publication":
            value = str(value.get("name", "")) if isinstance(value, Mapping) else str(value)
            self._sites.add(_squeeze(value))
        if name in self.values:
            return
        if name == "authors":
            value = authors_of(value)
        elif name == "date":
            value = day_of(value)
        else:
            value = str(value.get("name", "")) if isinstance(value, Mapping) else str(value)
        if value:
            self.values[name] = value

    def _is_site(self, name: str) -> bool:
        if _MEDIUM.fullmatch(fold_page(name)):
            return True
        return _squeeze(name) in self._sites and not _PERSON.fullmatch(name)


def _is_person(value: Any) -> bool:
    return isinstance(value, Mapping) and str(value.get("@type", "")).lower() == "person"


def _articles_in(value: Any) -> Iterator[Mapping[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        graph = item.get("@graph") if isinstance(item, Mapping) else None
        for each in graph if isinstance(graph, list) else [item]:
            if isinstance(each, Mapping) and "Article" in str(each.get("@type", "")):
                yield each


def _squeeze(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()
