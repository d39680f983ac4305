"""The one door: an `Index` takes articles in and answers queries."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Unpack, get_args

from searchlib.arguments import (
    check_counts,
    check_facets,
    check_flags,
    check_id,
    check_text,
    one_of,
    sort_order,
)
from searchlib.asking import Asking
from searchlib.deadline import Cancel, Deadline
from searchlib.engines import backend_at, check_name
from searchlib.errors import ArticleNotFoundError, ConfigError, StoreNotFoundError
from searchlib.frozen import replace
from searchlib.lazy import lazy_module
from searchlib.lazy_records import Computing
from searchlib.model import OWN, TEXT_FIELDS, Article, Token, reading_order
from searchlib.options import Facets, FilterOptions, Match, QueryOptions, SearchOptions, spell_out
from searchlib.query.characters import MAX_WORDS
from searchlib.quick import QuickSearch
from searchlib.results import Hit, Results

if TYPE_CHECKING:
    from searchlib import bound_query
    from searchlib.analytics import Concordance, KwicOrder, Period, Trends
    from searchlib.association import Measure
    from searchlib.bound_query import BoundQuery
    from searchlib.diagnosis.standing import WhyNot
    from searchlib.engine.contract import Backend
    from searchlib.engine.request import Group, Sort
    from searchlib.findings import Collocate, Explanation, NewWord, TellingWord, WordCount
    from searchlib.marks import Marks
    from searchlib.query import nodes, unparse
    from searchlib.reports import Repair, Report
    from searchlib.syncing import Progress
else:  # plain words are asked without them
    bound_query = lazy_module("searchlib.bound_query")
    nodes = lazy_module("searchlib.query.nodes")
    unparse = lazy_module("searchlib.query.unparse")

_TELLING_WORDS = 25


def open(  # noqa: A001 (the public face has this name)
    path: str | os.PathLike[str],
    *,
    read_only: bool = False,
    boosts: Mapping[str, float] | None = None,
    equivalences: Iterable[str] | None = None,
    max_words: int = MAX_WORDS,
    fields: Mapping[str, float] | None = None,
    create: bool = False,
) -> Index:
    """
    Open the index in a folder; the folder is made at the first write.

    Args:
        path: The folder, or the URL of an engine that keeps the index elsewhere.
        read_only: Refuse to write.
        boosts: The weight of single fields, 0 or more, such as `{"headline": 8.0}`.
        equivalences: What else may stand for what is asked, some of `"script"`, `"numbers"`,
            `"latin"` and `"synonyms"`; None for all.
        max_words: How many words one query may look up; one with more is refused.
        fields: Keys of records in which words are looked for as in the fields of every article,
            each with its weight, such as `{"tags": 2.0}`; for a new index. It keeps them:
            None means those that it has.
        create: Make an empty index now when there is none, so that the first search of
            a new application finds nothing instead of raising StoreNotFoundError.

    Raises:
        ConfigError: A boost names no field or is no weight, or there is no such equivalence; or the index
            was made with other fields. `Index.convert` gives it others.
        StoreError: With *create*, the folder cannot be made, or holds something else.

    Otherwise nothing is read before it is needed: an index that is not there, or that
    another version wrote, is reported by the first search.
    """
    index = Index(
        path,
        read_only=read_only,
        boosts=boosts,
        equivalences=equivalences,
        max_words=max_words,
        fields=fields,
    )
    check_flags(create=create)
    if create:
        index._backend.create()  # noqa: SLF001 (the same room)
    return index


class Index:
    """
    A folder of articles that can be searched. One `Index` serves many reading threads.

    Its own writes are seen at once, those of others after `refresh`.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | Backend,
        *,
        read_only: bool = False,
        boosts: Mapping[str, float] | None = None,
        equivalences: Iterable[str] | None = None,
        max_words: int = MAX_WORDS,
        fields: Mapping[str, float] | None = None,
    ) -> None:
        check_flags(read_only=read_only)
        self._backend: Backend = backend_at(path, read_only=read_only, fields=fields)
        self._asking = Asking(self._backend, boosts=boosts, equivalences=equivalences, max_words=max_words)
        self._quick = QuickSearch(self._backend, self._asking)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"searchlib.open({self._backend.name!r})"

    def __len__(self) -> int:
        return self._backend.count()

    def __bool__(self) -> bool:
        return True  # an empty index is an index

    def __iter__(self) -> Iterator[Article]:
        return self._backend.articles()

    @property
    def path(self) -> Path:
        """
        The folder of the index.

        Raises:
            ConfigError: The index lies in no folder of this machine.
        """
        folder = self._backend.folder
        if folder is None:
            raise ConfigError("path", self._backend.name, "an index in a folder of this machine has a path")
        return folder

    @property
    def location(self) -> str:
        """What was opened: the folder as it was given, or the URL of an index elsewhere."""
        return self._backend.name

    @property
    def fields(self) -> dict[str, float]:
        """The keys of records in which words are looked for, each with its weight: those given to `open`."""
        return {name.removeprefix(OWN): weight for name, weight in self._backend.own_fields.items()}

    def __contains__(self, article_id: object) -> bool:
        """Return whether an article has this id, without reading the others."""
        if isinstance(article_id, Article):
            raise TypeError("ask for an article by its id: article.id in index")
        try:
            return self._backend.get(check_id(article_id)) is not None
        except StoreNotFoundError:
            return False

    @property
    def commit(self) -> str:
        """
        The name of the commit that is read: no other commit, of any index, has the same.

        A cache may keep an answer as long as this name is the same; see `refresh`. Words and
        synonyms are no part of it.

        Raises:
            StoreNotFoundError: There is no index.
        """
        return self._backend.commit

    def close(self) -> None:
        """Give the files back; a later search opens them again."""
        self._backend.close()

    def refresh(self) -> None:
        """Let the next search see what others have committed, and what the words and synonyms now are."""
        self._asking.lexicon.refresh()
        self._backend.refresh()

    def sync(
        self,
        *paths: str | os.PathLike[str],
        progress: Progress | None = None,
        map: Mapping[str, str] | None = None,  # noqa: A002 (the public face has this name)
        anew: bool = False,
    ) -> Report:
        """
        Bring the index into step with files and folders.

        New and changed files are read, and the articles of files that are gone
        from under the same paths are removed. Files are committed whole: an
        interrupted `sync` goes on where it stopped.

        Args:
            progress: Called before each file with the files done, all files and
                the file's path. While a file takes long it is called again, with
                a path that has the articles and bytes done (`articles`, `size_bytes`,
                `writing`).
            map: Where records keep the fields of an article, as in `read`;
                records that were read with another map are read again.
            anew: Read every file again, also those that have not changed. On a
                cluster that goes into another index, which takes the place of this
                one in one step; until then, and after an error, all is as it was.

        Returns:
            Counts of articles; `skipped` names the files that could not be read.

        Raises:
            CorpusError: A path does not exist.
            ConfigError: *map* names what is no field.
            StoreLockedError: Another process is writing.
        """
        from searchlib.syncing import Syncing  # noqa: PLC0415 (a query reads no files)

        if not paths:
            raise ConfigError("paths", paths, "name at least one file or folder")
        for path in paths:
            check_name(path, "paths")
        syncing = Syncing(self._backend, progress, map)
        return syncing.run_anew(paths) if anew else syncing.run(paths)

    def add(self, articles: Iterable[Article | Mapping[str, Any]]) -> Report:
        """
        Put articles or records in, one commit, all or nothing.

        Args:
            articles: Read once, in bounded memory. An id that is there already
                is replaced, of equal ids the last counts; without an id one is
                made of the content.

        Returns:
            Counts of articles; `skipped` names records that have no text, nor a key for one, and are
            left out; `empty` counts articles with neither headline nor body, `remarks` names dates that
            cannot be read. All three are logged as well, under the name `searchlib`. `unsearched` has the
            keys of records that are kept, but not searched.

        Raises:
            CorpusError: A record has a value that its field cannot hold.
            TypeError: Something is neither an article nor a mapping.
        """
        from searchlib.reports import Report  # noqa: PLC0415 (a query writes nothing)
        from searchlib.spool import Spool  # noqa: PLC0415

        if isinstance(articles, (Article, Mapping, str, bytes)) or not isinstance(articles, Iterable):
            raise TypeError(f"add takes an iterable of articles, not one {type(articles).__name__}")
        self._backend.check_writable()
        with Spool(articles, self._backend.own_fields) as spool:
            report = self._backend.add(spool) if len(spool) else Report()
            return replace(
                report,
                skipped=spool.skipped,
                empty=spool.empty,
                remarks=tuple(spool.remarks),
                unsearched=dict(spool.unsearched),
            )

    def delete(
        self,
        ids: str | int | Iterable[str | int] | None = None,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        where: Mapping[str, object] | None = None,
    ) -> int:
        """
        Take out the articles with these ids, or this id, or all that filters let through; one commit.

        Args:
            ids: An id that is an int is the text of it, as in `add`.
            since, until, where: As in `search`; without *ids*.

        Returns:
            How many articles were taken out.

        Raises:
            ConfigError: There are neither ids nor filters, or both.

        >>> index.delete(where={"source": "old/2019.txt"})  # doctest: +SKIP
        12
        """
        is_filtered = since is not None or until is not None or bool(where)
        if ids is None:
            if not is_filtered:
                raise ConfigError("ids", None, "name ids, or articles by since, until or where")
            every = self._asking.tree("", match="all")
            return self._backend.delete_where(
                self._asking.request(every, limit=None, since=since, until=until, where=where)
            )
        if is_filtered:
            raise ConfigError("ids", ids, "ids or filters, not both")
        if isinstance(ids, (str, int)):
            return self._backend.delete([check_id(ids)])
        if not isinstance(ids, Iterable) or isinstance(ids, (bytes, bytearray, Mapping)):
            raise TypeError(f"delete takes an id or an iterable of ids, not a {type(ids).__name__}")
        return self._backend.delete([check_id(item) for item in ids])

    def get(self, article_id: str | int) -> Article | None:
        """Return an article, None for an unknown id."""
        return self._backend.get(check_id(article_id))

    @spell_out(QueryOptions)
    def query(
        self,
        text: str,
        **options: Unpack[QueryOptions],
    ) -> BoundQuery:
        """
        Return a query of this index with its options, to be asked in several ways.

        Nothing is looked up before one of its methods is called: `search`, `iter_hits`, `marks`, `explain`,
        `why_not`, `kwic`, `collocates`, `significant_terms`, `trend`. The options mean what they mean in
        `search`, and the same for all of them.

        >>> query = index.query("党建引领", since="2024", where={"page": "A01"})  # doctest: +SKIP
        >>> query.search(limit=3).total, query.trend()  # doctest: +SKIP
        (12, {'2024-01': 5, '2024-02': 7})
        """
        return bound_query.BoundQuery(self._backend, self._asking, text, **options)

    def search(
        self,
        query: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        match: Match = "auto",
        sort: Sort | str = "relevance",
        since: str | date | None = None,
        until: str | date | None = None,
        where: Mapping[str, object] | None = None,
        facets: Facets = (),
        snippets: int = 1,
        exact: bool = False,
        boosts: Mapping[str, float] | None = None,
        equivalences: Iterable[str] | None = None,
        group: Group | None = None,
        timeout: float | None = None,
        cancel: Cancel | None = None,
        lenient: bool = False,
        own_filters: bool = True,
    ) -> Results:
        """
        Return the articles that match, the best first.

        Hits are read, and all that match is counted, when they are looked at; `Results.load`
        computes all that a page shows at once.

        Args:
            query: Words, `"phrases"`, `AND OR NOT`, `NEAR/5`, `-word`, `( )`, `field:word`,
                `word*`, `word~`, `word^2`, `date:2024-08..`; see the guide to the query language.
            limit: Articles on the page; None for all.
            offset: Articles before the page.
            match: `"auto"`: up to four content words (not 的, 是, 什么 and their like) are all in the
                article; of a longer query, or when nothing has all, the closest come, rare words
                first, and `Hit.missing` says what each lacks. `"all"`: every word is in the article.
                `"any"`: *query* is plain text, and whatever matches is ranked.
            sort: `"relevance"`, or by date `"newest"` or `"oldest"`; or by a record's own key
                `"extra.stars"`, the greatest first `"-extra.stars"`: numbers by size, then dates by day,
                then other texts by code point, articles without the key last.
            since: First date, inclusive: `2024`, `2024-08` or `2024-08-09`.
            until: Last date, inclusive; `2024-08` includes the 31st.
            where: Stored fields and the value they must have, or a list of which
                they must have one; `extra.key` for a record's own keys, `year`
                and `month` for parts of the date.
            facets: Stored fields whose values are counted over all that match; a mapping
                `{"authors": 12}` says how many values of each are returned, None for all.
            snippets: Passages for each hit, 0 for none.
            exact: No equivalences: traditional and simplified characters, numbers in
                figures and in Han, and spaces between letters and digits, are told apart.
            boosts: The weight of single fields, those of the index's own too, for this search.
            equivalences: As in `open`, for this search; an empty list is as *exact*.
            group: `"reprints"` makes one hit of an article and its reprints:
                the earliest, with the others in `hit.reprints`, at the place of
                the best. *limit* and *offset* count such hits, `total` articles.
            timeout: Seconds for the search. What is computed when a part of the answer is looked at,
                or by `Results.load`, has as long again.
            cancel: A `threading.Event`: once another thread sets it, the search ends.
            lenient: Brackets, operators, weights and dates that do not fit together are mended,
                and `repaired` of the answer says how: for an interface that searches while one types.
            own_filters: Whether the values of a facet are counted among what its own filter lets
                through. Without it a list of newspapers still shows the others when *where* names
                one; `year`, `month` and `date` are then counted outside *since* and *until* too.

        Raises:
            QuerySyntaxError: Brackets or operators do not fit together; never with *lenient*.
            QueryError: There are more words than `open` allows.
            ConfigError: An option has a value that is not allowed.
            StoreNotFoundError: There is no index.
            SearchTimeoutError: The time was over before the search was done.
            SearchCancelledError: *cancel* was set before the search was done.
        """
        start = time.perf_counter()
        is_default = (
            boosts is None
            and equivalences is None
            and group is None
            and exact is False
            and own_filters is True
            and facets == ()
        )
        if is_default:
            narrowing = sort, since, until, where, timeout, cancel
            quick = self._quick.answer(query, match, (offset, limit), snippets, narrowing)
            if quick is not None:
                quick.computing.took_ms = (time.perf_counter() - start) * 1000
                return quick.results(query)
        asked = self.query(
            query,
            match=match,
            since=since,
            until=until,
            where=where,
            exact=exact,
            boosts=boosts,
            equivalences=equivalences,
            timeout=timeout,
            cancel=cancel,
            lenient=lenient,
        )
        return asked.search(
            limit=limit,
            offset=offset,
            sort=sort,
            facets=facets,
            snippets=snippets,
            group=group,
            own_filters=own_filters,
        )

    def iter_hits(self, query: str, **options: Unpack[SearchOptions]) -> Iterator[Hit]:
        """
        Walk over all hits of a query, ranked once, from one commit, whatever is written meanwhile.

        An export of ten thousand hits takes one search instead of a search for each page, and
        memory holds one article at a time as long as the caller does not keep the hits.

        Args:
            options: Those of `search`; *limit* is None here unless it is given. *facets* count nothing.
                *timeout* is for the ranking, and again for each part of a hit.

        Raises:
            As `search`.

        >>> for hit in index.iter_hits("党建", sort="oldest"):  # doctest: +SKIP
        ...     print(hit.article.date, hit.headline)
        """
        asked, page = self._split(query, {"limit": None, **options})
        return asked.iter_hits(**page)

    def marks(self, query: str, article: str | int | Article, **options: Unpack[SearchOptions]) -> Marks:
        """
        Return every place of an article that a query marks, as a reader of the whole text wants them.

        They are those of the snippets and the headline of the same search: when that was relaxed,
        the words that are left are marked. An article that does not match has the marks of the
        words that it has.

        Args:
            article: An id; or any article, which need not be in the index: `Article(body=text)` for a text.
            options: Those of `search`; its filters tell what there is to find, and so whether the
                search is relaxed.

        Raises:
            ArticleNotFoundError: No article has this id.
            Others as `search`.

        >>> marks = index.marks("党建引领", "7")  # doctest: +SKIP
        >>> marks.texts["headline"]  # doctest: +SKIP
        ((Mark(start=0, end=4, phrases=('党建引领',)),),)
        """
        return self._split(query, options)[0].marks(article)

    def _split(self, query: str, options: SearchOptions) -> tuple[BoundQuery, dict[str, Any]]:
        """Return a query with the options that say what is found, and those of a page of it, all checked."""
        every: dict[str, Any] = {**options}
        unknown = every.keys() - SearchOptions.__annotations__.keys()
        if unknown:
            raise TypeError(f"there is no option {min(unknown)!r} of a search")
        asked = {name: every.pop(name) for name in QueryOptions.__annotations__.keys() & every.keys()}
        check_counts(limit=every.get("limit"), offset=every.get("offset", 0))
        check_counts(snippets=every.get("snippets", 1))
        check_flags(own_filters=every.pop("own_filters", True))
        sort_order(every.get("sort", "relevance"))
        check_facets(every.pop("facets", ()))
        return self.query(query, **asked), every

    def explain(
        self,
        query: str,
        article_id: str | int,
        *,
        match: Match = "auto",
        exact: bool = False,
        boosts: Mapping[str, float] | None = None,
        equivalences: Iterable[str] | None = None,
    ) -> Explanation:
        """
        Take the score of one article apart; the parts add up to what `search` gives it.

        What the best passage brings goes by the place among all that match: under
        filters, or in the order of dates, `search` may give an article more or less.

        Raises:
            ArticleNotFoundError: No article has this id.
        """
        asked = self.query(query, match=match, exact=exact, boosts=boosts, equivalences=equivalences)
        return asked.explain(article_id)

    @spell_out(QueryOptions)
    def why_not(
        self,
        query: str,
        article_id: str | int,
        **options: Unpack[QueryOptions],
    ) -> WhyNot:
        """
        Say what an article lacks to be found, with what it has instead; or its rank, and what is before it.

        Every option means what it means in `search`.

        Raises:
            ArticleNotFoundError: No article has this id.
            Others as `search`.
        """
        return self.query(query, **options).why_not(article_id)

    def like(
        self,
        article_id: str | int,
        *,
        limit: int | None = 10,
        snippets: int = 1,
        timeout: float | None = None,
        cancel: Cancel | None = None,
    ) -> Results:
        """
        Return the articles most like one: those that share the words that tell it from the others.

        *timeout* and *cancel* are as in `search`.

        Raises:
            ArticleNotFoundError: No article has this id.
            SearchTimeoutError: The time was over.
            SearchCancelledError: *cancel* was set.
        """
        start = time.perf_counter()
        deadline = Deadline(timeout, cancel)
        check_counts(limit=limit, snippets=snippets)
        wanted = check_id(article_id)
        article = self._backend.get(wanted)
        if article is None:
            raise ArticleNotFoundError(wanted)
        words = self._backend.typical_words(article, _TELLING_WORDS)
        tree = nodes.any_of_words_but(words, wanted)
        answer = self._backend.search(replace(self._asking.request(tree, limit=limit), deadline=deadline))
        computing = Computing(deadline)
        hits = tuple(bound_query.hits_of(self._backend, answer, None, snippets, computing))
        results = Results.of(hits, computing, answer.total, answer.suggest, query=" ".join(words))
        computing.took_ms += (time.perf_counter() - start) * 1000
        return results

    @spell_out(FilterOptions)
    def kwic(
        self,
        query: str,
        *,
        limit: int | None = 50,
        context: int = 30,
        sort: KwicOrder = "relevance",
        **options: Unpack[FilterOptions],
    ) -> Concordance:
        """
        Return every place of a query with what stands around it; the best articles come first.

        The list knows how many `articles` have a place, and `count_places()` counts the places.

        A run without spaces is looked for as it stands, not in pieces; what is equivalent to it counts as in
        `search`, so 二十四届 finds 第24届.

        Args:
            limit: Lines; None for all.
            context: Code points before and behind the place.
            sort: `"newest"` and `"oldest"` by date; `"left"` and `"right"` by what precedes or follows
                the place, for which every place is looked at, whatever the limit.
            options: As in `search`.

        Raises:
            SearchTimeoutError: The time was over; its `partial` are the lines found so far.
            SearchCancelledError: *cancel* was set; with `partial` too.
            Others as `search`.
        """
        return self.query(query, **options).kwic(limit=limit, context=context, sort=sort)

    @spell_out(FilterOptions)
    def collocates(
        self,
        query: str,
        *,
        window: int = 5,
        measure: Measure = "log_likelihood",
        limit: int | None = 50,
        min_count: int = 3,
        **options: Unpack[FilterOptions],
    ) -> list[Collocate]:
        """
        Return the words that are near the places of a query more often than by chance, the firmest first.

        A run without spaces is looked for as it stands, as in `kwic`. Every article that has it is read.
        Words of one character, numbers, and function words such as 他们 or 因为 are left out.

        Args:
            window: Words before and behind the place that are looked at, within the sentence.
            measure: `"log_likelihood"` (Dunning 1993) weighs how sure it is that this is no chance,
                `"log_dice"` (Rychlý 2008) how exclusive it is; both compare with all articles.
            limit: Words; None for all.
            min_count: How often a word must be there.
            options: As in `search`; a frequent word is in many articles, and each is read within *timeout*.

        Raises:
            As `kwic`; `partial` are the words of the articles read so far.

        >>> index = searchlib.open("corpus.idx")  # doctest: +SKIP
        >>> [word.text for word in index.collocates("小区", limit=3)]  # doctest: +SKIP
        ['治理', '党支部', '物业']
        """
        asked = self.query(query, **options)
        return asked.collocates(window=window, measure=measure, limit=limit, min_count=min_count)

    @spell_out(FilterOptions)
    def telling_words(
        self,
        query: str,
        *,
        limit: int | None = 50,
        articles: int | None = 1000,
        match: Match = "auto",
        **options: Unpack[FilterOptions],
    ) -> list[TellingWord]:
        """
        Return the words that the articles of a query have more often than all articles, most telling first.

        They are weighed by the log-likelihood of the number of articles that have them (Dunning 1993), so
        that one long article cannot make a word telling. Left out are the words of the query, and those
        that `collocates` leaves out.

        Args:
            limit: Words; None for all.
            articles: How many of the best articles are read; None for all that match.
            match, options: As in `search`.

        Raises:
            As `collocates`.
        """
        return self.query(query, match=match, **options).significant_terms(limit=limit, articles=articles)

    significant_terms = telling_words
    """The name that this has elsewhere."""

    @spell_out(FilterOptions)
    def word_list(
        self,
        query: str = "",
        *,
        limit: int | None = 100,
        min_count: int = 1,
        match: Match = "auto",
        **options: Unpack[FilterOptions],
    ) -> list[WordCount]:
        """
        Return the words of the articles that match, the most frequent first; without a query those of all.

        Words are as the index has them, folded, function words and numbers included, signs left out.
        `per_million` is how often a word is in a million words of these articles, so that parts of an
        archive compare. Every article that matches is read; memory grows with the different words.

        Args:
            limit: Words; None for all.
            min_count: How often a word must be there.
            match, options: As in `search`; `"auto"` is there as `"all"`.

        Raises:
            As `collocates`.

        >>> index.word_list("查干湖", limit=2)  # doctest: +SKIP
        [WordCount(text='的', count=61, articles=3, per_million=41922.8), ...]
        """
        return self.query(query, match=match, **options).word_list(limit=limit, min_count=min_count)

    @spell_out(FilterOptions)
    def trend(
        self,
        query: str,
        **options: Unpack[FilterOptions],
    ) -> dict[str, int]:
        """
        Return how many articles of each month have all words, from the first month to the last.

        Options and errors are those of `search`.
        """
        return self.query(query, **options).trend()

    @spell_out(FilterOptions)
    def trends(
        self,
        queries: Iterable[str],
        *,
        by: Period = "month",
        **options: Unpack[FilterOptions],
    ) -> Trends:
        """
        Return how many articles of each year, month or day several queries find, beside the number of all.

        A number of articles says little where the archive itself grows: `Trends.share` is its share
        of all. Options and errors are those of `search`; *timeout* holds for each query.

        >>> trends = index.trends(["经济", "文化"], by="year")  # doctest: +SKIP
        >>> trends.periods, trends.share("经济")  # doctest: +SKIP
        (('2023', '2024'), (0.21, 0.24))
        """
        from searchlib.analytics import Period, trends  # noqa: PLC0415 (no search needs it)

        if isinstance(queries, str) or not isinstance(queries, Iterable):
            raise TypeError(f"queries is a {type(queries).__name__}, not a list of queries")
        key = "date" if one_of("by", by, get_args(Period)) == "day" else by

        def count(query: str) -> Results:
            return self.query(query, match="all", **options).search(limit=0, snippets=0, facets=[key])

        found = {query: count(query) for query in queries}
        periods = {query: one.facets[key] for query, one in found.items()}
        totals = {query: one.total for query, one in found.items()}
        return trends(by, count("").facets[key], periods, totals)

    def page(self, source: str) -> list[Article]:
        """
        Return the articles of one page or file, in reading order.

        Args:
            source: The `source` of an article.

        >>> [article.headline for article in index.page(hit.article.source)]  # doctest: +SKIP
        """
        check_text("source", source)
        every = self._asking.tree("", match="all")
        request = self._asking.request(every, limit=None, where={"source": source})
        return sorted((one.read() for one in self._backend.search(request).hits), key=reading_order)

    def suggest(self, prefix: str, limit: int = 10) -> list[str]:
        """
        Return what could be typed after *prefix*, given in characters or in pinyin: words, names, headlines.

        Words and names of authors come by the number of articles that hold them; then
        headlines, those that begin with the text before those that have it inside.
        """
        check_counts(limit=limit)
        if limit is None:
            raise TypeError("limit is a NoneType, not an int: there is no end to what could be typed")
        return self._backend.autocomplete(check_text("prefix", prefix), limit)

    def analyze(self, text: str) -> list[Token]:
        """Return the words of *text* as index and query see them, with their places."""
        return self._backend.analyzer.tokenize(check_text("text", text))

    def new_words(self, limit: int | None = 100, *, min_count: int = 5) -> list[NewWord]:
        """
        Return words of the articles that the dictionary does not have, the best first.

        They are proposed by how firmly their characters hold together and how freely their
        neighbours change; put those that are words into `words.txt` in the index's folder. Every
        article is read; memory does not grow with them.

        Args:
            limit: Words at most; None for all.
            min_count: How often a word must be in the articles, 2 or more.
        """
        from searchlib.analysis.discovery import new_words  # noqa: PLC0415 (no query needs it)
        from searchlib.analysis.words import dictionary_words  # noqa: PLC0415

        check_counts(limit=limit, min_count=min_count)
        if min_count < 2:  # noqa: PLR2004
            raise ConfigError("min_count", min_count, "2 or more")
        known = dictionary_words() | self._asking.lexicon.get().words
        fields = (*TEXT_FIELDS, *self._backend.own_fields)
        texts = (text for article in self for name in fields for text in article.texts(name))
        return new_words(texts, known, min_count=min_count)[:limit]

    def analyze_query(
        self,
        query: str,
        *,
        match: Match = "auto",
        exact: bool = False,
        equivalences: Iterable[str] | None = None,
    ) -> tuple[str, str]:
        """Return a query as `search` understands it: its tree, and a query in plain operators for it."""
        tree = self._asking.tree(query, match=match, exact=exact, equivalences=equivalences)
        return repr(tree), unparse.unparse(tree)

    def stats(self) -> dict[str, Any]:
        """Return the figures of the index, ready for JSON: articles, dates, size, fingerprint, versions."""
        lexicon = self._asking.lexicon.get()
        return {
            **self._backend.stats(),
            "commit": self.commit,
            "user_words": len(lexicon.words),
            "synonyms": len(lexicon.synonyms),
        }

    def check(self) -> tuple[str, ...]:
        """
        Read every byte of the index and see that it is what was written.

        Returns:
            What is damaged, a line each; nothing when all is well.

        Raises:
            StoreNotFoundError: There is no index.
        """
        return tuple(self._backend.check())

    def backup(self, path: str | os.PathLike[str]) -> None:
        """
        Make a whole copy of the index, of its last commit, while others search and write.

        Every byte is verified on the way. The copy appears at the end: it is
        whole, or it is not there.

        Args:
            path: A folder that is not there yet, or empty.

        Raises:
            StoreNotFoundError: There is no index.
            StoreFormatError: The index is damaged.
            StoreError: The folder is not empty, inside the index, or cannot be written.
            ConfigError: No file can have this name.
        """
        check_name(path, "path")
        self._backend.backup(Path(path))

    def repair(self) -> Repair:
        """
        Save what is whole, and say what is not; the next `sync` brings back what its files still hold.

        An index whose words were cut by another version's analysis is cut again.

        Raises:
            StoreNotFoundError: There is no index.
            StoreLockedError: Another process is writing.
        """
        return self._backend.repair()

    def convert(self, fields: Mapping[str, float] | None = None) -> Repair:
        """
        Bring an index to today's analysis and other fields of its own, all or nothing, from its own articles.

        Args:
            fields: As in `open`; None for those that it has, an empty mapping for none.

        Returns:
            `saved` articles cut again, or `kept` ones when there was nothing to change.

        Raises:
            StoreNotFoundError: There is no index.
            StoreLockedError: Another process is writing.
            StoreFormatError: It is damaged: `repair` saves what is whole.
        """
        return self._backend.convert(fields)
