"""One page in all the forms that it is printed, scanned and read in gives the same articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_forms import CAPTION, FORMS, STORIES

import searchlib

EXPECTED = [(story.headline, "\n".join(story.paragraphs), (story.author,)) for story in STORIES]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_page_gives_its_three_articles(tmp_path: Path, name: str) -> None:
    """Headlines, texts, authors and dates in reading order, and the caption of the picture."""
    path = tmp_path / name
    path.write_bytes(FORMS[name]())
    articles = list(searchlib.read(path))
    texts = [article for article in articles if article.kind != "photo_caption"]
    assert [(a.headline, a.body, a.authors) for a in texts] == EXPECTED
    assert [a.date for a in texts] == ["2024-03-04", "2024-03-04", "2024-03-03"]
    assert {(a.publication, a.page) for a in texts} == {("柳溪日报", "5")}
    [caption] = [article for article in articles if article.kind == "photo_caption"]
    assert (caption.body, caption.authors) == (CAPTION[0], ("高原",))


@pytest.mark.parametrize("name", FORMS)
def test_every_form_says_why_each_line_was_taken_for_what(tmp_path: Path, name: str) -> None:
    """Hints of the format, roles and reasons; the headlines are heads for a reason that is said."""
    path = tmp_path / name
    path.write_bytes(FORMS[name]())
    lines = searchlib.explain_file(path)
    heads = {line.text.lstrip("# ") for line in lines if line.role == "headline"}
    assert heads == {story.headline for story in STORIES}
    assert all(line.reason for line in lines)
    if not name.endswith(".tsv"):
        assert any(line.hints for line in lines)


@pytest.mark.parametrize("name", ["\ud800.txt", "a\0b", "\ud800" * 50])
def test_a_name_that_no_file_can_have(name: str) -> None:
    """It is an error of ours, from every reader of a file."""
    with pytest.raises(searchlib.CorpusError):
        searchlib.explain_file(name)
    with pytest.raises(searchlib.CorpusError):
        list(searchlib.read(name))
