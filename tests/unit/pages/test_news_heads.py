"""Articles with sections of their own, on a page that nobody signs: the model tells which heads begin one."""

from __future__ import annotations

import pytest

from searchlib.data import read_table
from searchlib.pages import split_page
from searchlib.pages.boosted import log_odds
from searchlib.pages.news_features import FEATURES, Headed, features_of
from searchlib.pages.stretches import Piece
from searchlib.pages.unsigned import MODEL, MOST_CHARS

ARTICLES = {
    "柳溪新建三座水库 两万亩旱地变水田": {
        "": (
            "柳溪县水务局昨天宣布，今年秋天开工的三座水库全部建成，下游两万亩旱地明年可以改种水稻。"
            "三座水库都建在山口，蓄水一千二百万立方米，够全县农田灌溉四个月。"
        ),
        "老渠换新管": (
            "从前的土渠渗漏厉害，水走到田头只剩一半。水务局把四十公里老渠换成了管道，"
            "每个村口装一个水表，用多少水，村民自己看得清楚，水费也按表来收。"
        ),
        "移民搬进新村": (
            "库区一百六十户人家已经搬进山下的新村，房子由县里统一修建，每户还分到两亩水田。"
            "新村有小学和卫生站，去县城的班车一天六趟。"
        ),
    },
    "少年乒乓球队夺冠 教练曾是邮递员": {
        "": (
            "市少年乒乓球队在全省比赛中拿到男女团体两个冠军，这是球队成立九年来第一次。领奖的时候，"
            "队员们把奖牌挂在了教练胸前。"
        ),
        "清早五点的灯": (
            "教练白天送信，清早五点就打开球馆的灯。队员说，球馆的钥匙一直在他的邮包里，"
            "下雪天也没有迟到过一次。比赛前一个月，他每天多留一个小时陪发球。"
        ),
        "球台是借来的": (
            "球队最早的四张球台是向纺织厂工会借的，桌腿用木块垫平。如今体育局添了八张新球台，"
            "旧球台还摆在角落里，留给刚学球的孩子。"
        ),
    },
    "古镇夜市重新开张 摊位全部抽签": {
        "": (
            "停了两年的古镇夜市周末重新开张，一百二十个摊位全部抽签，摊主八成是本地居民。"
            "第一晚来了三万多人，石板街上走不动路。"
        ),
        "垃圾当晚清走": (
            "管委会规定，收摊的时候每个摊主要把自己门前扫干净，垃圾车夜里十二点开进来。"
            "连续三次没有扫的，下一季不能再抽签。"
        ),
        "老手艺回来了": (
            "糖画、竹编、剪纸各有一排摊位，租金减半。竹编师傅带着两个徒弟现场编篮子，"
            "围着看的人比买的人多，师傅说这样也高兴。"
        ),
    },
    "县图书馆下乡 流动书车跑遍山村": {
        "": (
            "县图书馆买了两辆流动书车，从上个月起每周到十六个山村各停半天，孩子们放学就跑来还书借书。"
            "书车一次装两千册，坏了的书由志愿者补好再上架。"
        ),
        "老人也来借": (
            "最受老人欢迎的是大字本的故事书和种菜的书。有位老人借了一本嫁接果树的书，抄了大半本，"
            "第二个月把自家的梨树改成了新品种。"
        ),
        "司机兼馆员": (
            "两位司机学会了登记和编目，路上还帮村民捎药。冬天山路结冰，书车改在学校门口停，"
            "校长专门腾出一间教室做临时书房。"
        ),
    },
}
TIGHT, INDENTED, WIDE = ("\n\n", "\n", "\n"), ("\n\n", "\n", "\n　　"), ("\n\n\n", "\n\n", "\n\n")
EVEN = ("\n\n", "\n\n", "\n")
"""Between articles, over a section and over a paragraph; where the first two are alike, little tells."""


def _set(names: list[str], between: str, section: str, paragraph: str) -> str:
    return between.join(
        name
        + "".join(
            (section + head if head else "") + paragraph + text for head, text in ARTICLES[name].items()
        )
        for name in names
    )


@pytest.mark.parametrize(
    ("count", "form"),
    [(2, TIGHT), (2, INDENTED), (3, TIGHT), (3, INDENTED), (3, WIDE), (4, TIGHT), (4, INDENTED), (4, WIDE)],
)
def test_articles_with_sections_are_told_from_one_another(count: int, form: tuple[str, str, str]) -> None:
    """No rule says so: their heads are of two kinds."""
    names = list(ARTICLES)[:count]
    found = split_page(_set(names, *form), source="a.txt")
    assert [article.headline for article in found] == names
    assert [list(article.sections) for article in found] == [list(ARTICLES[name])[1:] for name in names]


@pytest.mark.parametrize("form", [TIGHT, INDENTED, WIDE, EVEN])
@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_with_sections_is_one(name: str, form: tuple[str, str, str]) -> None:
    """However its lines are set."""
    assert [article.headline for article in split_page(_set([name], *form), source="a.txt")] == [name]


def test_a_book_is_no_page() -> None:
    """What is longer than any page is not looked at: that would take long, and tear chapters apart."""
    names = list(ARTICLES)
    page = _set(names, *TIGHT)
    assert len(split_page(page, source="a.txt")) == len(names)
    text = ARTICLES[names[-1]][""]
    assert len(split_page(page + f"\n{text}" * (MOST_CHARS // len(text)), source="a.txt")) == 1


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize("mark", ["##", "###"])
def test_marked_sections_below_a_title_without_a_lead_are_of_one_article(name: str, mark: str) -> None:
    """Their texts say what comes after their headings, and not these again."""
    sections = [(head or "起因", text) for head, text in ARTICLES[name].items()]
    page = f"# {name}\n\n" + "".join(f"{mark} {head}\n\n{text}\n\n" for head, text in sections)
    (article,) = split_page(page, source="a.md")
    assert article.headline == name
    assert list(article.sections) == [head for head, _ in sections]


@pytest.mark.parametrize("title", ["江湾", "这几天的江湾", "江湾 2024"])
def test_marked_headlines_that_their_texts_say_again_are_of_articles(title: str) -> None:
    """Though nothing but a title stands over them."""
    news = {name: f"{name.replace(' ', '，')}。{texts['']}" for name, texts in ARTICLES.items()}
    page = f"# {title}\n\n" + "".join(f"## {name}\n\n{text}\n\n" for name, text in news.items())
    assert [article.headline for article in split_page(page, source="a.md")] == list(ARTICLES)


def test_features_are_as_many_as_are_named() -> None:
    """The table asks about no other, and about most of them."""
    runs = [
        Headed([n], [_piece(text)], [_piece(text * 9)]) for n, text in enumerate(("春茶上市", "新桥通车"))
    ]
    (features,) = features_of(runs)
    assert len(features) == len(FEATURES)
    asked = {
        int(token.partition("<")[0]) for row in read_table(MODEL) for token in row.split() if "<" in token
    }
    assert max(asked) < len(FEATURES)
    assert len(asked) * 2 > len(FEATURES)


def test_first_head_has_no_features() -> None:
    """It begins an article, whatever it looks like."""
    assert features_of([Headed([0], [_piece("春茶上市")], [])]) == []


def test_trees_are_asked_from_their_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row is a tree in preorder: the question, the answer if not more, the answer if more."""
    rows = {"a.txt": ["0.5", "1<2 0<1 10 20 30"]}
    monkeypatch.setattr("searchlib.pages.boosted.read_table", rows.__getitem__)
    assert [log_odds("a.txt", features) for features in ((1, 2), (1.5, 2), (0, 2.5))] == [10.5, 20.5, 30.5]


def _piece(text: str) -> Piece:
    return Piece(0, len(text), text, "body", "")
