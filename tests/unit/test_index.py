"""The one door: what every method and option does, and what stays whole when something goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeIndex
from three_articles import FARM, LAKE, PARTY, ids

import searchlib
from searchlib import (
    Article,
    ArticleNotFoundError,
    ConfigError,
    CorpusError,
    Report,
    SearchlibError,
    StoreFormatError,
)


@pytest.fixture
def index(make_index: MakeIndex) -> searchlib.Index:
    """An index of three articles."""
    return make_index(LAKE, PARTY, FARM)


class TestAdd:
    def test_articles_and_records_come_in_together(self, make_index: MakeIndex) -> None:
        """Mappings and articles are counted alike, and aliases are understood."""
        index = make_index()
        report = index.add([LAKE, {"id": 7, "title": "冬捕", "content": "网", "stars": 3}])
        assert report == Report(added=2)
        assert index.get("7") == Article(id="7", headline="冬捕", body="网", extra={"stars": 3})

    def test_an_article_comes_back_as_it_was(self, index: searchlib.Index) -> None:
        """`get` returns what was added, every field."""
        assert [index.get(key) for key in "123"] == [LAKE, PARTY, FARM]

    def test_the_last_of_equal_ids_wins(self, make_index: MakeIndex) -> None:
        """Of two records with one id in one call the last is kept."""
        index = make_index({"id": "1", "body": "甲"}, {"id": "1", "body": "乙"})
        assert [article.body for article in index] == ["乙"]
        assert index.search("甲").total == 0

    def test_adding_again_counts_updated_and_unchanged(self, index: searchlib.Index) -> None:
        """An id that is there is replaced when it differs, else left."""
        changed = Article(id="2", headline="换届")
        assert index.add([LAKE, changed, Article(id="4")]) == Report(added=1, updated=1, unchanged=1)
        assert index.get("2") == changed
        assert len(index) == 4

    def test_an_id_is_made_of_the_content(self, make_index: MakeIndex) -> None:
        """Two equal articles without ids are one."""
        index = make_index({"body": "湖"}, {"body": "湖"}, {"body": "江"})
        assert len(index) == 2

    def test_a_bad_record_leaves_the_index_alone(self, index: searchlib.Index) -> None:
        """Nothing of an iterable with a bad record comes in; the message counts from 1."""
        with pytest.raises(CorpusError) as caught:
            index.add([{"id": "8", "body": "好"}, {"id": "9", "body": 3 + 4j}])
        assert str(caught.value) == "record 2: 'body' is a complex, not a text"
        assert [article.id for article in index] == ["1", "2", "3"]

    def test_an_error_in_the_iterable_leaves_the_index_alone(self, index: searchlib.Index) -> None:
        """A generator that fails half-way brings nothing in."""

        def broken() -> Iterator[Article]:
            yield Article(id="8")
            raise RuntimeError("the database went away")

        with pytest.raises(RuntimeError, match="the database went away"):
            index.add(broken())
        assert len(index) == 3

    def test_what_is_no_article_is_a_type_error(self, index: searchlib.Index) -> None:
        """A list of something else names the type and the record."""
        with pytest.raises(TypeError, match="record 1 is a str, not an Article or a mapping"):
            index.add(["text"])  # type: ignore[list-item]

    @pytest.mark.parametrize("single", [LAKE, {"body": "湖"}, "湖"])
    def test_a_single_article_is_a_type_error(self, index: searchlib.Index, single: Any) -> None:
        """The slip of forgetting the list is named."""
        with pytest.raises(TypeError, match="add takes an iterable of articles, not one"):
            index.add(single)

    def test_nothing_is_added_by_an_empty_iterable(self, tmp_path: Path) -> None:
        """An empty list makes no index."""
        index = searchlib.open(tmp_path / "none.idx")
        assert index.add([]) == Report()
        assert not (tmp_path / "none.idx").exists()


class TestDelete:
    def test_one_id(self, index: searchlib.Index) -> None:
        """A string is one id."""
        assert index.delete("1") == 1
        assert index.get("1") is None
        assert index.search("查干湖").total == 0

    def test_many_ids(self, index: searchlib.Index) -> None:
        """Of an iterable those are counted that were there, each once."""
        assert index.delete(iter(["1", "3", "3", "nobody"])) == 2
        assert [article.id for article in index] == ["2"]

    def test_unknown_ids(self, index: searchlib.Index) -> None:
        """Ids that are not there are no error."""
        assert (index.delete("nobody"), index.delete([]), len(index)) == (0, 0, 3)

    def test_everything_can_go_and_come_back(self, index: searchlib.Index) -> None:
        """An emptied index is still an index."""
        assert index.delete(["1", "2", "3"]) == 3
        assert (len(index), index.search("党建").total, list(index)) == (0, 0, [])
        assert index.add([PARTY]) == Report(added=1)
        assert ids(index.search("党建")) == ["2"]


class TestGet:
    def test_an_unknown_id(self, index: searchlib.Index) -> None:
        """An unknown id is None."""
        assert index.get("nobody") is None

    @pytest.mark.parametrize("wrong", [7.0, True, None, b"7", ["7"]])
    def test_an_id_that_is_no_id(self, index: searchlib.Index, wrong: Any) -> None:
        """What is neither a text nor a number is a TypeError that says what an id is, everywhere."""
        uses: list[Callable[[], object]] = [
            lambda: index.get(wrong),
            lambda: index.explain("党建", wrong),
            lambda: index.like(wrong),
            lambda: wrong in index,
            lambda: index.delete([wrong]),
        ]
        for use in uses:
            with pytest.raises(TypeError, match="an id is a str or an int"):
                use()


class TestIds:
    """An int is the text of it wherever an id is given; what is not there is one kind of error."""

    def test_an_int_is_its_text(self, make_index: MakeIndex) -> None:
        """In `add` as a record or an article, and in all that takes an id."""
        index = make_index({"id": 7, "body": "湖"}, Article(id=8, body="湖"), {"id": "9", "body": "湖"})  # type: ignore[arg-type]
        assert [article.id for article in index] == ["7", "8", "9"]
        assert index.get(7) == index.get("7")
        assert index.explain("湖", 8).value == index.search("湖", where={"id": 8})[0].score
        assert index.why_not("湖", 9).found
        assert [hit.id for hit in index.like(7)] == []
        assert (index.delete(7), index.delete([8, "9"]), len(index)) == (1, 2, 0)

    def test_an_iterable_of_ids(self, make_index: MakeIndex) -> None:
        """A generator, a set, the keys of a dict; a mapping or bytes by mistake are refused."""
        index = make_index(*({"id": n, "body": "湖"} for n in range(6)))
        assert index.delete(str(n) for n in range(2)) == 2
        assert index.delete({2, "3"}) == 2
        assert index.delete(dict.fromkeys("45").keys()) == 2
        for wrong in (1.5, b"1", {"1": "x"}):
            with pytest.raises(TypeError, match="delete takes an id or an iterable of ids"):
                index.delete(wrong)  # type: ignore[arg-type]

    def test_in_looks_the_id_up(self, index: searchlib.Index, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing else is read; an article is asked for by its id."""
        monkeypatch.setattr(searchlib.Index, "__iter__", None)
        assert ("2" in index, 2 in index, "nobody" in index) == (True, True, False)
        assert "1" not in searchlib.open(index.path / "nowhere")
        with pytest.raises(TypeError, match=r"article\.id in index"):
            PARTY in index  # noqa: B015

    def test_an_unknown_id_is_one_error(self, index: searchlib.Index) -> None:
        """A KeyError and a ConfigError too, so that what caught it before still does."""
        uses: list[Callable[[str], object]] = [
            index.like,
            lambda one: index.explain("党建", one),
            lambda one: index.why_not("党建", one),
        ]
        for ask in uses:
            with pytest.raises(ArticleNotFoundError, match="no article has this id") as caught:
                ask("nobody")
            assert isinstance(caught.value, (KeyError, ConfigError, SearchlibError))
            assert caught.value.article_id == "nobody"
            assert str(caught.value) == "id='nobody' is not allowed: no article has this id"


class TestCreate:
    """`open(path, create=True)`: the first search of a new application is an empty answer."""

    def test_an_empty_index_is_made(self, tmp_path: Path) -> None:
        """Once; what is there is left as it is, for a reader too."""
        with searchlib.open(tmp_path / "a" / "new.idx", create=True) as index:
            assert (index.search("党建").total, list(index), len(index), index.get("1")) == (0, [], 0, None)
            assert (index.kwic("党建"), index.check(), "1" in index) == ([], (), False)
            assert index.search("").load().suggestion is None
            index.add([PARTY])
        for options in ({"create": True}, {"create": True, "read_only": True}):
            with searchlib.open(tmp_path / "a" / "new.idx", **options) as again:  # type: ignore[arg-type]
                assert len(again) == 1

    def test_what_cannot_be_made(self, tmp_path: Path) -> None:
        """Nothing is made for a reader, in a folder of other things, or without being asked."""
        with pytest.raises(ConfigError, match="read_only"):
            searchlib.open(tmp_path / "x", create=True, read_only=True)
        (tmp_path / "mine.txt").write_text("湖")
        with pytest.raises(StoreFormatError, match="no index and not empty"):
            searchlib.open(tmp_path, create=True)
        with pytest.raises(searchlib.StoreError):
            searchlib.open(tmp_path / "mine.txt", create=True)
        with pytest.raises(searchlib.StoreNotFoundError):
            searchlib.open(tmp_path / "x").search("湖")
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


class TestSearch:
    def test_every_option_at_once(self, index: searchlib.Index) -> None:
        """All options together narrow, order, page, count and mark."""
        results = index.search(
            "党建",
            limit=5,
            offset=0,
            match="all",
            sort="newest",
            since="2024",
            until="2024-08",
            where={"authors": "刘慧"},
            facets=["authors", "year"],
            snippets=2,
            exact=True,
            boosts={"headline": 1.0},
        )
        assert ids(results) == ["2"]
        assert (results.total, results.relaxed, results.dropped, results.undated) == (1, False, (), 0)
        assert results.facets == {"authors": {"刘慧": 1, "李明": 1}, "year": {"2024": 1}}
        assert results[0].snippets[0].text == "党建引领基层治理。"
        assert results[0].headline_marks == ((0, 2),)

    def test_pages_joined_are_the_whole(self, index: searchlib.Index) -> None:
        """Limit and offset cut the same order."""
        whole = ids(index.search("", limit=None))
        assert whole == ["1", "2", "3"]
        assert [ids(index.search("", limit=1, offset=n)) for n in range(4)] == [["1"], ["2"], ["3"], []]

    def test_the_total_does_not_depend_on_the_page(self, index: searchlib.Index) -> None:
        """`limit=0` counts."""
        results = index.search("党建", limit=0)
        assert (results.total, list(results)) == (2, [])

    def test_relaxed_answers_say_so(self, index: searchlib.Index) -> None:
        """When nothing has every word, the closest is first and each hit names what it lacks."""
        results = index.search("党建 查干湖 冬捕")
        assert (ids(results)[0], results.relaxed, results[0].missing) == ("1", True, ("党建",))
        assert results[0].why.endswith("missing: 党建")
        assert results.dropped == ("党建",)

    def test_all_is_never_relaxed(self, index: searchlib.Index) -> None:
        """`match="all"` stays strict."""
        assert index.search("党建 查干湖", match="all").total == 0

    def test_any_ranks_whatever_matches(self, index: searchlib.Index) -> None:
        """Plain text with syntax in it matches by any of its words."""
        assert set(ids(index.search('党建"( OR 查干湖', match="any"))) == {"1", "2", "3"}

    def test_an_empty_query_passes_everything_the_filters_pass(self, index: searchlib.Index) -> None:
        """Without words the filters alone decide."""
        assert ids(index.search(" \u3000", where={"authors": "李明"})) == ["2"]

    @pytest.mark.parametrize("match", ["auto", "all", "any"])
    def test_punctuation_finds_nothing(self, index: searchlib.Index, match: Any) -> None:
        """A query of marks only asks for nothing."""
        assert index.search("，。《》", match=match).total == 0

    def test_undated_articles_lie_outside_every_range(self, index: searchlib.Index) -> None:
        """They are counted, and found without the range."""
        results = index.search("党建", since="2000", until="2030-01-01")
        assert (ids(results), results.undated) == (["2"], 1)
        assert ids(index.search("党建 date:2024-08..")) == ["2"]
        assert index.search("党建 date:2024-08..").undated == 1

    def test_undated_counts_only_what_is_not_found(self, index: searchlib.Index) -> None:
        """An undated article that is found all the same was not lost to the range."""
        results = index.search("date:2024 OR 农业")
        assert (set(ids(results)), results.undated) == ({"2", "3"}, 0)

    @pytest.mark.parametrize(("sort", "order"), [("newest", ["2", "1", "3"]), ("oldest", ["1", "2", "3"])])
    def test_undated_come_last_in_both_date_orders(
        self, index: searchlib.Index, sort: Any, order: list[str]
    ) -> None:
        """What has no full date comes last."""
        assert ids(index.search("", sort=sort)) == order

    def test_until_includes_the_whole_prefix(self, index: searchlib.Index) -> None:
        """A month or year given as the end is included to its last day."""
        assert ids(index.search("", until="2023")) == ["1"]
        assert ids(index.search("", until="2023-12")) == ["1"]
        assert ids(index.search("", since="2023-12-29")) == ["2"]

    def test_filters_on_extra_keys_and_lists_of_values(self, index: searchlib.Index) -> None:
        """`extra.key` and a list of values, of which one must be there."""
        assert ids(index.search("", where={"extra.stars": 5})) == ["3"]
        assert ids(index.search("", where={"id": ["1", "3", "9"]})) == ["1", "3"]

    def test_ties_go_by_id(self, make_index: MakeIndex) -> None:
        """Articles of equal score come in the order of their ids."""
        index = make_index(*({"id": key, "body": "湖水"} for key in ("b", "10", "a", "9")))
        assert ids(index.search("湖水")) == ["10", "9", "a", "b"]

    def test_no_snippets(self, index: searchlib.Index) -> None:
        """`snippets=0` gives none."""
        hit = index.search("党建", snippets=0)[0]
        assert (hit.snippet, hit.snippets) == (None, ())

    def test_exact_tells_scripts_apart(self, index: searchlib.Index) -> None:
        """Traditional finds simplified unless `exact`."""
        assert index.search("黨建").total == 2
        assert index.search("黨建", exact=True, match="all").total == 0

    def test_a_single_facet_may_be_a_string(self, index: searchlib.Index) -> None:
        """`facets="kind"` is one facet; the page does not narrow it."""
        assert index.search("", limit=1, facets="kind").facets == {"kind": {"article": 3}}

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"limit": -1}, "limit=-1 is not allowed: 0 or more"),
            ({"offset": -1}, "offset=-1 is not allowed: 0 or more"),
            ({"snippets": -1}, "snippets=-1 is not allowed: 0 or more"),
            ({"match": "some"}, "match='some' is not allowed: one of auto, all, any"),
            (
                {"sort": "date"},
                "sort='date' is not allowed: one of relevance, newest, oldest, extra.KEY or -extra.KEY",
            ),
            (
                {"since": "gestern"},
                "since='gestern' is not allowed: a date is written 2024, 2024-08 or 2024-08-09",
            ),
            (
                {"until": "2024-02-30"},
                "until='2024-02-30' is not allowed: a date is written 2024, 2024-08 or 2024-08-09",
            ),
            ({"boosts": {"headline": -1}}, "boosts['headline']=-1 is not allowed: a weight is 0 or more"),
        ],
    )
    def test_values_that_are_not_allowed(
        self, index: searchlib.Index, options: dict[str, Any], message: str
    ) -> None:
        """Each option names what it allows."""
        with pytest.raises(ConfigError) as caught:
            index.search("党建", **options)
        assert str(caught.value) == message

    @pytest.mark.parametrize("name", ["where", "facets"])
    def test_unknown_stored_fields(self, index: searchlib.Index, name: str) -> None:
        """A field that articles do not have is named, with those that they have."""
        with pytest.raises(
            ConfigError, match=rf"{name}='colour' is not allowed: a stored field \(authors, body,"
        ):
            index.search("", **{name: {"colour": "red"}})  # type: ignore[arg-type]

    @pytest.mark.parametrize("options", [{"limit": "10"}, {"offset": None}, {"snippets": True}])
    def test_wrong_types(self, index: searchlib.Index, options: dict[str, Any]) -> None:
        """A wrong type is a TypeError that names the option."""
        with pytest.raises(TypeError, match=f"{next(iter(options))} is a .*, not an int"):
            index.search("党建", **options)

    def test_a_query_that_is_no_string(self, index: searchlib.Index) -> None:
        """None is no query."""
        with pytest.raises(TypeError, match="query is a NoneType, not a str"):
            index.search(None)  # type: ignore[arg-type]


class TestExplain:
    def test_the_value_is_the_score(self, index: searchlib.Index) -> None:
        """Options and all, the explanation has the score of the hit."""
        some: list[dict[str, Any]] = [{}, {"exact": True}, {"boosts": {"body": 9}}, {"match": "any"}]
        for options in some:
            hit = index.search("党建引领 基层", **options)[0]
            assert index.explain("党建引领 基层", hit.id, **options).value == hit.score

    def test_a_relaxed_answer_is_explained_as_it_was_given(self, index: searchlib.Index) -> None:
        """What `search` found by leaving a word out, `explain` explains."""
        hit = index.search("党建 查干湖 冬捕")[0]
        assert index.explain("党建 查干湖 冬捕", hit.id).value == hit.score > 0

    def test_an_article_that_does_not_match(self, index: searchlib.Index) -> None:
        """It says what the article has of the query."""
        explanation = index.explain("党建 查干湖", "2", match="all")
        assert explanation.value == 0.0
        assert explanation.description == "does not match; it has 党建: headline 1, body 1"

    def test_an_unknown_id(self, index: searchlib.Index) -> None:
        """There is nothing to explain."""
        with pytest.raises(ConfigError) as caught:
            index.explain("党建", "9")
        assert str(caught.value) == "id='9' is not allowed: no article has this id"


class TestSuggest:
    def test_words_then_headlines(self, index: searchlib.Index) -> None:
        """Words that go on from the prefix by frequency, then headlines that have it."""
        assert index.suggest("党建") == ["党建", "党建引领"]

    def test_the_limit(self, index: searchlib.Index) -> None:
        """At most *limit*; 0 gives none."""
        assert (len(index.suggest("党", limit=1)), index.suggest("党", limit=0)) == (1, [])

    def test_traditional_prefix(self, index: searchlib.Index) -> None:
        """The script is folded."""
        assert index.suggest("農") == ["农业丰收"]

    def test_nothing_to_go_on(self, index: searchlib.Index) -> None:
        """White space and marks suggest nothing."""
        assert (index.suggest(" "), index.suggest("。")) == ([], [])


class TestAnalyzeAndStats:
    def test_analyze(self, tmp_path: Path) -> None:
        """The words with their places, without an index."""
        tokens = searchlib.open(tmp_path / "none.idx").analyze("用５Ｇ")
        assert [(t.text, t.start, t.end, t.position, t.position_length) for t in tokens] == [
            ("用", 0, 1, 0, 1),
            ("5g", 1, 3, 1, 2),
            ("5", 1, 2, 1, 1),
            ("g", 2, 3, 2, 1),
        ]

    def test_stats(self, index: searchlib.Index) -> None:
        """The figures are plain and right."""
        stats = json.loads(json.dumps(index.stats()))
        figures = ("articles", "undated", "first_date", "last_date", "files", "kinds", "format")
        assert [stats[name] for name in figures] == [3, 1, "2023-12-28", "2024-08-09", 0, {"article": 3}, 2]
        assert stats["fingerprint_matches"] is True
        assert stats["size_bytes"] == sum(file.stat().st_size for file in index.path.iterdir())


@pytest.mark.parametrize("query", ["\ud800", "党\udfff建", "\udfff党建 引领", "NOT (\ud800)"])
def test_half_a_character_in_a_query_is_no_damage(make_index: MakeIndex, query: str) -> None:
    """It is no text to the compiled kernel; Python answers, page by page too."""
    index = make_index(*({"id": str(n), "body": "党建引领基层治理"} for n in range(3)))
    for match in ("auto", "all", "any"):
        whole = [hit.id for hit in index.search(query, match=match, limit=None)]
        page = index.search(query, match=match, limit=2)
        assert [hit.id for hit in page] == whole[:2]
        assert page.total == len(whole)
        assert all(hit.snippet for hit in page.load())


@pytest.mark.parametrize(
    ("name", "kind"), [("a\0b", ConfigError), ("\ud800x", ConfigError), (b"a", TypeError)]
)
def test_a_name_that_no_file_can_have(name: Any, kind: type[Exception], make_index: MakeIndex) -> None:
    """Of an index, of what is indexed and of a copy: said at once, whatever is asked."""
    index = make_index({"id": "1", "body": "党建"})
    for act in (
        lambda: searchlib.open(name),
        lambda: searchlib.open(name, create=True),
        lambda: index.sync(name),
        lambda: index.sync(name, anew=True),
        lambda: index.backup(name),
    ):
        with pytest.raises(kind):
            act()
