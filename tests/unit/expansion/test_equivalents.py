"""What a query finds in other forms, and what it must not: a table for each equivalence."""

from __future__ import annotations

import pytest

from searchlib import ConfigError
from searchlib.analysis import Analyzer, fold_with_map
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import EQUIVALENCES, resolve_kinds
from searchlib.expansion.lexicon import Lexicon
from searchlib.expansion.variant_table import PHRASES, TRIGGERS
from searchlib.query.nodes import And, Or, Phrase, Query, Run
from searchlib.query.parser import parse
from searchlib.textmatch.phrases import contains
from searchlib.textmatch.phrases import spans as spans_of

ALL = resolve_kinds(None, exact=False)
NONE = resolve_kinds((), exact=False)


def stands(tree: Query, text: str) -> bool:
    """Return whether a tree stands in one text, by the phrases alone."""
    if isinstance(tree, Phrase):
        return any(contains(one, text) for one in (tree, *tree.equals))
    if isinstance(tree, Run):
        rows = [tree.pieces, *([tree.joined] if tree.joined else [])]
        return stands(tree.whole, text) or any(all(stands(one, text) for one in row) for row in rows)
    assert isinstance(tree, (And, Or))
    every = (stands(child, text) for child in tree.subqueries)
    return all(every) if isinstance(tree, And) else any(every)


def read(
    query: str, analyzer: Analyzer, kinds: frozenset[str] = ALL, lexicon: Lexicon | None = None
) -> Query:
    """Return the tree of a query with its other forms."""
    tree = parse(query, analyzer, match="all", exact="script" not in kinds)
    return expand(tree, query, kinds, analyzer, lexicon or Lexicon())


SCRIPT = [
    ("黨建", "抓党建"),
    ("党建", "黨建引領"),
    ("乾隆", "乾隆年间"),
    ("乾安县", "乾安縣"),
    ("乾燥", "干燥"),
    ("干燥", "乾燥"),
    ("餅乾安全", "饼干安全"),
    ("饼干", "餅乾"),
    ("乾隆吃餅乾", "乾隆吃饼干"),
    ("皇后", "皇后"),
    ("以後", "以后"),
    ("以后", "以後"),
    ("頭髮", "头发"),
    ("发展", "發展"),
    ("臺灣", "台湾"),
    ("檯燈", "台灯"),
    ("颱風", "台风"),
    ("裏面", "里面"),
    ("裡面", "里面"),
    ("爲人民服務", "为人民服务"),
    ("群众", "羣眾"),
    ("山峯", "山峰"),
    ("看著", "看着"),
    ("看着", "看著"),
    ("著名", "著名"),
    ("瞭解", "了解"),
    ("了解", "瞭解"),
    ("答覆", "答复"),
    ("計畫", "计划"),
    ("藉口", "借口"),
    ("沈沒", "沉没"),
    ("什么", "甚麼"),
    ("粧", "妆"),
    ("于是", "於是"),
    ("征求意见", "徵求意見"),
]
NOT_SCRIPT = [
    ("乾隆", "干隆"),
    ("乾坤", "干坤"),
    ("乾安县", "干安县"),
    ("乾陵", "干陵"),
    ("康乾", "康干"),
    ("角徵", "角征"),
    ("乾隆吃餅乾", "干隆吃饼干"),
    ("著名", "着名"),
    ("编著", "编着"),
    ("瞭望", "了望"),
    ("覆盖", "复盖"),
    ("颠覆", "颠复"),
    ("狼藉", "狼借"),
    ("沈阳", "沉阳"),
    ("彷徨", "仿徨"),
    ("党建", "党见"),
    ("頭髮", "头法"),
    ("后来", "厚来"),
    ("台湾", "抬湾"),
    ("里面", "理面"),
    ("姊妹", "姐妹"),
]
NUMBERS = [
    ("二十四", "第24届"),
    ("24", "二十四名"),
    ("24", "廿四日"),
    ("廿四", "24"),
    ("２４", "二十四"),
    ("贰拾肆", "24元"),
    ("24", "贰拾肆"),
    ("八月九日", "本报8月9日讯"),
    ("8月9日", "八月九日"),
    ("08月09日", "8月9日"),
    ("2024年8月9日", "二〇二四年八月九日"),
    ("2024-08-09", "2024年8月9日"),
    ("百分之八十九", "达89%。"),
    ("89.09%", "百分之八十九点零九"),
    ("123456789.01%", "百分之123456789.01"),
    ("123456789.01‰", "123456789.01‰"),
    ("3‰", "千分之三"),
    ("1.2亿", "共12000万"),
    ("1.2亿", "120000000元"),
    ("12000万", "1.2亿元"),
    ("120,000,000元", "一亿二千万元"),
    ("一点二亿", "1.2亿"),
    ("1亿2000万", "1.2亿"),
    ("1.2万亿元", "12000亿元"),
    ("二〇二四年", "2024年"),
    ("2024年", "二零二四年"),
    ("一九四九年", "1949年"),
    ("第三届", "第3届"),
    ("第3届", "第三届"),
    ("两千", "2000人"),
    ("2000", "二千"),
    ("两个", "2个"),
    ("三个月", "3个月"),
    ("一百零五", "105号"),
    ("301医院", "三〇一医院"),
    ("八零后", "80后"),
    ("双11", "双十一"),
    ("二十大", "20大"),
    ("5.6万户", "56000户"),
    ("1,234", "1234"),
    ("第二十四届冬奥会", "第24届冬奥会"),
    ("萬億", "万亿"),
    ("二十萬", "20万"),
]
NOT_NUMBERS = [
    ("24", "一百二十四"),
    ("24", "二十四五"),
    ("24", "二十四万"),
    ("二十四", "124"),
    ("二十四", "24.5"),
    ("二十四", "24万"),
    ("二十四", "24%"),
    ("8月9日", "十八月九日"),
    ("2月18日", "12月18日"),
    ("二月十八日", "12月18日"),
    ("八月九日", "8月19日"),
    ("9.09%", "89.09%"),
    ("百分之九", "89%"),
    ("一些", "1些"),
    ("三农", "3农"),
    ("十分", "10分"),
    ("10分", "十分"),
    ("万一", "10001"),
    ("一带一路", "1带1路"),
    ("三里屯", "3里屯"),
    ("四川", "4川"),
    ("千万别", "10000000别"),
    ("五一", "51"),
    ("十四五", "145"),
    ("十四五", "14五"),
    ("三三两两", "3322"),
    ("一点一滴", "1.1滴"),
    ("三点一线", "3.1线"),
    ("几十万", "几100000"),
    ("陆家", "6家"),
    ("零件", "0件"),
    ("五六年", "56年"),
    ("1.2亿", "1.2万"),
    ("1.2亿", "11.2亿"),
    ("2024-2028", "2024年"),
    ("C919", "九百一十九"),
    ("一百五", "105"),
    ("105", "一百五"),
]
LATIN = [
    ("Wi-Fi", "wifi"),
    ("WiFi", "免费Wi-Fi覆盖"),
    ("wifi", "Ｗｉ－Ｆｉ"),
    ("wifi", "WIFI"),
    ("wifi", "Wi Fi"),
    ("Wi-Fi", "Wi Fi"),
    ("Wi Fi", "WiFi"),
    ("Wi Fi", "Wi-Fi"),
    ('"Wi Fi"', "WiFi"),
    ("5G", "5 G"),
    ("5 G", "5G"),
    ("5G", "5-G"),
    ("5-G", "5G"),
    ("COVID-19", "COVID19"),
    ("COVID19", "Covid-19"),
    ("COVID 19", "COVID-19"),
    ("covid-19", "covid 19"),
    ("5G基站", "5-G基站"),
    ("Wi-Fi覆盖", "WiFi覆盖"),
    ("e-mail", "Email"),
    ("email", "E-mail"),
    ("U.S.", "US"),
    ("wifi6", "Wi-Fi6"),
    ("machine learning", "machine-learning"),
]
NOT_LATIN = [
    ("wifi", "wifire"),
    ("wifi", "wi, fi"),
    ("wifi", "wi。fi"),
    ("wifi", "a wi fix"),
    ("wi-fi", "owifi"),
    ("5G", "15G"),
    ("5G", "5GHz"),
    ("5G", "3.5G"),
    ("5-G", "15G"),
    ("COVID-19", "COVID190"),
    ("COVID-19", "19"),
    ("COVID19", "COVID 190"),
    ("pang", "Coupang"),
    ("2024-2028", "20242028"),
    ("0532-87139933", "053287139933"),
    ("into", "log in. To"),
    ("email", "e, mail"),
    ("AI", "A I"),
    ("US", "bus"),
    ("www.a.com", "wwwacom"),
    ("a wi fi", "awifi"),
    ("machine learning", "machinelearnings"),
]


@pytest.mark.parametrize(("query", "text"), [*SCRIPT, *NUMBERS, *LATIN])
def test_found(analyzer: Analyzer, query: str, text: str) -> None:
    """One stands for the other."""
    assert stands(read(query, analyzer), text)


@pytest.mark.parametrize(("query", "text"), [*NOT_SCRIPT, *NOT_NUMBERS, *NOT_LATIN])
def test_not_found(analyzer: Analyzer, query: str, text: str) -> None:
    """These only look alike."""
    assert not stands(read(query, analyzer), text)


@pytest.mark.parametrize("table", [SCRIPT, NOT_SCRIPT, NUMBERS, NOT_NUMBERS, LATIN, NOT_LATIN], ids=len)
def test_the_tables_are_long_enough(table: list[tuple[str, str]]) -> None:
    """Twenty pairs each way."""
    assert len(set(table)) >= 20


@pytest.mark.parametrize(
    ("kind", "query", "text"),
    [
        ("script", "黨建", "党建"),
        ("script", "了解", "瞭解"),
        ("numbers", "二十四", "24"),
        ("latin", "wifi", "Wi-Fi"),
        ("latin", "5G", "5 G"),
        ("synonyms", "农行", "中国农业银行"),
    ],
)
def test_each_can_be_turned_off(analyzer: Analyzer, kind: str, query: str, text: str) -> None:
    """Alone it is enough, without it the text is not found, without any neither."""
    lexicon = Lexicon(synonyms={"农行": ("中国农业银行",)})
    assert stands(read(query, analyzer, resolve_kinds([kind], exact=False), lexicon), text)
    assert not stands(read(query, analyzer, ALL - {kind}, lexicon), text)
    assert not stands(read(query, analyzer, NONE, lexicon), text)


def test_unknown_equivalence() -> None:
    """The message names what there is."""
    with pytest.raises(ConfigError, match="some of script, numbers, latin, synonyms"):
        resolve_kinds(["pinyin"], exact=False)
    assert resolve_kinds(None, exact=False) == frozenset(EQUIVALENCES)


@pytest.mark.parametrize(("query", "text"), [*NUMBERS, *LATIN])
def test_marks_cover_a_form(analyzer: Analyzer, query: str, text: str) -> None:
    """What is marked begins and ends where a form does: marked text alone is found by the same query."""
    tree = read(query, analyzer)
    whole = tree.whole if isinstance(tree, Run) else tree
    assert isinstance(whole, Phrase), "choose a query of one word or run"
    forms = (whole, *whole.equals)
    spans = [span for form in forms for span in spans_of(form, text, lambda: fold_with_map(text))]
    for start, end in spans:
        assert stands(tree, text[start:end])


def test_a_query_without_numbers_or_letters_stays_as_it_is(analyzer: Analyzer) -> None:
    """The very same tree: nothing is spent on it."""
    tree = parse("党建引领 基层治理", analyzer, match="all", exact=False)
    assert expand(tree, "党建引领 基层治理", ALL, analyzer, Lexicon()) is tree


@pytest.mark.parametrize(
    ("query", "found"), [("农行", True), ("农行动", False), ("抓农行", True), ("农行贷款", True)]
)
def test_synonyms_are_words(analyzer: Analyzer, query: str, found: bool) -> None:
    """A synonym inside another word does not count: 农行 is not in 农行动."""
    lexicon = Lexicon(synonyms={"农行": ("中国农业银行",)})
    text = f"{query.replace('农行', '中国农业银行')}。"
    assert stands(read(query, analyzer, ALL, lexicon), text) is found


def test_a_synonym_of_several_words_finds_the_short_one(analyzer: Analyzer) -> None:
    """Its words apart are still found, as is the other name alone."""
    lexicon = Lexicon(synonyms={"基层治理": ("群防群治",)})
    tree = read("基层治理会议", analyzer, ALL, lexicon)
    assert stands(tree, "会议谈群防群治")
    assert stands(tree, "治理要靠基层，会议说")
    assert not stands(tree, "群防群治大会")


def test_what_tells_variants_apart_is_in_each(analyzer: Analyzer) -> None:
    """No phrase of the table could be passed over."""
    sides = list(PHRASES)
    assert len(sides) > 300
    assert [side for side in sides if TRIGGERS.isdisjoint(side)] == []
    assert [side for side in sides if not stands(read(side, analyzer), side)] == []


def test_a_pasted_page_has_no_other_forms(analyzer: Analyzer) -> None:
    """Forty patterns of thousands of characters took minutes; found by fuzzing."""
    short, long = (read(f"“{'9日1.2' * times}”", analyzer) for times in (9, 900))
    assert isinstance(short, Phrase)
    assert short.equals
    assert isinstance(long, Phrase)
    assert not long.equals
