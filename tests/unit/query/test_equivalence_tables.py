"""A table for each equivalence: twenty pairs and more that match, twenty and more that must not."""

from __future__ import annotations

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, Index

SYNONYMS = """
农行=中国农业银行
WHO=世卫组织=世界卫生组织
青岛啤酒=>青啤
电脑=计算机
北大=北京大学
Wi-Fi=无线网络
"""

WIDTH = """
    ＡＢＣ:abc abc:ＡＢＣ Ａｂｃ:ABC ５Ｇ:5g 5g:５Ｇ ８９％:89% 89%:８９％ ℃:°C 20℃:20°C ㎡:m2 5㎏:5kg ㎞:km
    ①:1 ２０２４年:2024年 2024年:２０２４年 ｗｉｆｉ:wifi ｱｲ:アイ ﾊﾟ:パ ㈱:(株) ㍿:株式会社 Ⅲ:iii ％:% ＋:+
    党　建:党建 党建:党　建 党\u00a0建:党建 中国:中\u200b国 Ｕ谷:u谷
"""
NOT_WIDTH = """
    ＡＢＣ:abd ５Ｇ:6g ８９％:89 89％:89‰ ℃:°F 20℃:20°F ㎡:m3 5㎏:5g ㎞:cm ①:2 ２０２４年:2023年
    ｗｉｆｉ:wife ｱｲ:アウ ﾊﾟ:ハ Ⅲ:ii ％:‰ ＋:- ａ:b Ａ:ab １:10 Ｕ谷:v谷 ㈱:有
"""
MARKS = """
    乔治·华盛顿:乔治华盛顿 乔治华盛顿:乔治·华盛顿 乔治华盛顿:喬治‧華盛頓 乔治华盛顿:乔治・华盛顿
    党建引领:“党建”引领 “党建”引领:党建引领 党建引领:《党建》引领 党建引领:〈党建〉引领
    党建引领:「党建」引领 党建引领:『党建引领』 党建引领:‘党建’引领 党建引领:'党建'引领 党建引领:"党建"引领
    人民日报:《人民日报》 《人民日报》:人民日报 教育、科技:教育、科技 教育、科技:教育，科技
    教育，科技:教育。科技 教育：科技:教育；科技 教育、科技:教育！科技 教育、科技:教育——科技
    教育…科技:教育（科技） 教育/科技:教育、科技 教育-科技:教育、科技 党建引领:党建␣引领 幸福满格:幸福“满格”
    党建引领:党建\u200b引领
"""
NOT_MARKS = """
    教育科技:教育、科技 教育科技:教育，科技 教育科技:教育。科技 教育科技:教育！科技 教育科技:教育？科技
    教育科技:教育；科技 教育科技:教育：科技 教育科技:教育…科技 教育科技:教育—科技 教育科技:教育（科技）
    教育科技:教育【科技】 教育科技:教育/科技 教育科技:教育-科技 教育科技:教育&科技 教育科技:教育<br>科技
    教育、科技:教育科技 教育，科技:教育“科技” 教育。科技:教育·科技 教育科技:教育和科技
    教育、科技:教育、高科技 教育、科技:科技、教育 党建引领:党建，引领 乔治华盛顿:乔治，华盛顿
"""
DATES = """
    八月九日:8月9日 8月9日:八月九日 8月9日:8月9号 8月9号:8月9日 8月9号:八月九号 八月九号:8月9日
    08月09日:8月9日 8月9日:08月09日 2024年8月9日:2024-08-09 2024-08-09:2024年8月9日 2024/8/9:2024年8月9日
    2024.8.9:2024年08月09日 2024年8月9日:2024/08/09 二〇二四年八月九日:2024年8月9日
    2024年8月9日:二〇二四年八月九日 2024年8月9日:二零二四年八月九日 二〇二四年:2024年 2024年:二〇二四年
    2024年:二零二四年 2024年8月:二〇二四年八月 二〇二四年八月:2024年8月 8月:八月 八月:8月
    十二月三十一日:12月31日 12月31日:十二月三十一日 贰零贰肆年:2024年 下午三点:下午3点 下午3点:下午三点
    下午一点:下午1点 九点三十分:9点30分 9点05分:九点零五分 九点半:9点半 八点钟:8点钟 十四时三十分:14时30分
    三十一日:31日
"""
NOT_DATES = """
    8月9日:8月19日 8月9日:18月9日 9日:19日 2月18日:12月18日 二月十八日:12月18日 2月18日:十二月十八日
    八月九日:8月8日 8月9日:9月8日 2024年8月9日:2024年9月8日 2024-08-09:2024-09-08 2024-08-09:12024-08-09
    2024年:12024年 二〇二四年:2014年 2024年:二〇二三年 十三月一日:13月一号 2024年8月:2024年18月 8月:18月
    五六年:56年 3点:13点 下午三点:下午13点 九点三十分:9点3分 一点意见:1点意见 九点半:19点半 2024-2028:2024年
"""
NUMBERS = """
    二十四:24 24:二十四 廿四:24 24:廿四 卅:30 30:卅 卌:40 贰拾肆:24 24:贰拾肆 壹佰:100 100:壹佰
    壹万元:10000元 两千:2000 2000:两千 二千:两千 两万五千:25000 25000:二万五千 一百零五:105 105:一百〇五
    一百二十:120 三千五百万:3500万 35000000:3500万 1.2亿:12000万 1.2亿:120000000 12000万:120000000
    一亿二千万:1.2亿 1亿2000万:1.2亿 十五点五:15.5 15.5:十五点五 零点五:0.5 0.5:零点五 一点二亿:1.2亿
    1,234:1234 1234:1,234 第二十四届:第24届 第24届:第二十四届 第三:第3 三个:3个 3个:三个 两名:2名 2名:两名
    三等奖:3等奖 5号楼:五号楼 三〇一医院:301医院 九零后:90后 二十万:20万 20萬:二十万
"""
NOT_NUMBERS = """
    一些:1些 1些:一些 三农:3农 十分:10分 10分:十分 一带一路:1带1路 万一:10001 千万:10000000 10000000:千万
    四川:4川 五一:51 51:五一 二手:2手 百姓:100姓 三亚:3亚 九江:9江 八达岭:8达岭 一起:1起 统一:统1 十四五:145
    三三两两:3322 一心一意:1心1意 三点一线:3.1线 3.1:三点一线 一点一滴:1.1滴 三点水:3点水 两会:2会 零售:0售
    百合:100合 贰心:2心 陆游:6游 伍子胥:5子胥 一百五:105 105:一百五 1.2:12 二三十:2310 三国演义:3国演义
    一成不变:1成不变 九三学社:93学社
"""
SHARES = """
    百分之八十九:89% 89%:百分之八十九 89％:百分之八十九 百分之89:89% 89.09%:百分之八十九点零九
    百分之三点五:3.5% 3.5%:百分之三点五 百分之零点五:0.5% 0.5%:百分之零点五 百分之百:100% 100%:百分之百
    百分之一百:100% 百分之百:百分之一百 千分之三:3‰ 3‰:千分之三 千分之三点五:3.5‰ 三分之一:1/3 1/3:三分之一
    １／３:三分之一 四分之三:3/4 3/4:四分之三 3分之1:1/3 十分之一:1/10 1/10:十分之一 九成:9成 9成:九成
    五公里:5公里 5平方公里:五平方公里 三倍:3倍 十个百分点:10个百分点
"""
NOT_SHARES = """
    9%:89% 9.09%:89.09% 百分之九:89% 89%:8.9% 89%:189% 百分之一:1‰ 千分之一:1% 3%:3 3%:百分之三十
    百分之三:3.5% 1/3:11/3 1/3:1/30 三分之一:1/4 三分之一:2024/1/3 三分之一:3/1 三分之一:1、3 三分之一:1-3
    1/3:三分之二 3/4:四分之一 4/3:三分之四 百分之百:1% 5公里:15公里 5公里:5.5公里 三倍:13倍
"""
LATIN = """
    Wi-Fi:wifi wifi:Wi-Fi Wi‑Fi:wifi wifi:Wi‑Fi wifi:Wi–Fi Wi—Fi:wifi wifi:Wi−Fi Wi－Fi:wifi WIFI:wifi
    iPhone15:iPhone␣15 iPhone␣15:iPhone15 iPhone15:iPhone-15 iPhone-15:iPhone15 5G:5␣G 5␣G:5G 5G:5-G
    COVID-19:covid19 COVID19:covid‐19 e-mail:Email email:E-Mail U.S.:US C919:c919 T-shirt:tshirt G20:g20
    B2B:b2b
"""
NOT_LATIN = """
    wifi:wifire wifi:wi,fi wifi:wi。fi wi-fi:owifi 5G:15G 5G:5GHz 5G:3.5G iPhone15:iPhone150
    iPhone15:iPhone␣155 iPhone15:iPhone␣1.5 COVID-19:COVID190 COVID-19:COVID pang:Coupang US:bus AI:A␣I
    email:e,mail C919:C91 G20:G␣200 2024-2028:20242028 cat:category art:start
"""
BORDERS = """
    89.09%:占89.09%。 9.09%:达9.09% 2月18日:在2月18日 919:C919 5:5G pang:pang 24:第24届 24:24个 24:a24b
    1.5:约1.5倍 100:100、200 100:￥100 1,234:共1,234人 12:12月 2024:2024年 3:3-5 5:3-5 20:20% 7:7×24 24:7×24
    15:(15) 0.5:0.5毫米
"""
NOT_BORDERS = """
    9.09%:89.09% 2月18日:12月18日 919:9190 919:1919 5:15 5:5.5 5:4.5 24:124 24:240 24:24.5 24:2,400 1.5:11.5
    1.5:1.55 100:1000 100:1,100 234:1,234 1:1,234 12:1.2 12:112 pang:Coupang pang:pangs 09:8.09 89:89.09
    24:一百二十四 二十四:24万
"""
SAME = """
    农行:中国农业银行 中国农业银行:农行 農行:中国农业银行 农行:中國農業銀行 WHO:世卫组织 who:世界卫生组织
    世卫组织:WHO 世界卫生组织:世卫组织 世卫组织:世界衛生組織 青岛啤酒:青啤 電腦:计算机 电脑:計算機
    计算机:电脑 北大:北京大学 北京大学:北大 北京大學:北大 Wi-Fi:无线网络 WiFi:无线网络 无线网络:Wi-Fi
    无线网络:ＷｉＦｉ 农行贷款:中国农业银行贷款 在农行:在中国农业银行 北大教授:北京大学教授
    电脑很慢:计算机很慢
"""
NOT_SAME = """
    青啤:青岛啤酒 农行:农业银行 农行:工行 农行动:中国农业银行动 WHO:世卫 WHO:whose世卫 who:世界组织
    世卫组织:世贸组织 电脑:计算 电脑:算机 北大:北京大 北大:北京航空大学 北大:北京的大学 北大:北京、大学
    Wi-Fi:无线 无线网络:Wi,Fi 无线网络:wife 计算机:电路 电脑:脑电 农行:中国农业、银行
"""
SCRIPT = """
    黨建:党建 党建:黨建 后:後 後:后 里:裡 裡:里 里:裏 发:發 發:发 发:髮 髮:发 头发:頭髮 頭髮:头发 乾隆:乾隆
    乾安:乾安 乾安縣:乾安县 干燥:乾燥 乾燥:干燥 饼干:餅乾 臺灣:台湾 台湾:臺灣 台风:颱風 檯:台 征:徵 爲:为
    瞭解:了解 了解:瞭解 看著:看着 羣:群 峯:峰
"""
NOT_SCRIPT = """
    乾隆:干隆 乾安:干安 乾坤:干坤 乾陵:干陵 康乾:康干 角徵:角征 著名:着名 瞭望:了望 覆盖:复盖 颠覆:颠复
    狼藉:狼借 沈阳:沉阳 彷徨:仿徨 党:堂 后:厚 里:理 发:法 台:抬 姊妹:姐妹 复:付 干:千 土:士
"""
TABLES = {
    "width": (WIDTH, NOT_WIDTH),
    "marks": (MARKS, NOT_MARKS),
    "script": (SCRIPT, NOT_SCRIPT),
    "dates": (DATES, NOT_DATES),
    "numbers": (NUMBERS, NOT_NUMBERS),
    "shares": (SHARES, NOT_SHARES),
    "latin": (LATIN, NOT_LATIN),
    "borders": (BORDERS, NOT_BORDERS),
    "synonyms": (SAME, NOT_SAME),
}
_ONLY_PHRASES = {"marks"}
"""Elsewhere a query is found with and without quotes; a run of two words may have a mark in between."""


def pairs_of(table: str) -> list[tuple[str, str]]:
    """Read a table: a query, a colon, a text; ␣ is a space, other white space belongs to a pair."""
    rows = (piece.replace("␣", " ") for piece in table.replace("\n", " ").split(" ") if piece)
    return [(query, text) for query, _, text in (row.partition(":") for row in rows)]


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Nothing but synonyms yet."""
    made = make_index(Article(id="nothing", body="无"))
    (made.path / "synonyms.txt").write_text(SYNONYMS, "utf-8")
    made.refresh()
    return made


@pytest.mark.parametrize("name", TABLES)
def test_a_table(index: Index, name: str) -> None:
    """Through a whole search: those that match are found, explained and marked, the others are not."""
    same, other = (pairs_of(table) for table in TABLES[name])
    assert len(set(same)) >= 20
    assert len(set(other)) >= 20
    index.add(
        Article(id=f"{kind}{number}", body=f"他说，{text}，于是走了。")
        for kind, table in (("same", same), ("other", other))
        for number, (_, text) in enumerate(table)
    )
    wrong = []
    for kind, table in (("same", same), ("other", other)):
        for number, (query, text) in enumerate(table):
            for typed in (
                [searchlib.quote(query)] if name in _ONLY_PHRASES else [query, searchlib.quote(query)]
            ):
                hits = {hit.id: hit for hit in index.search(typed, match="all", limit=None)}
                hit = hits.get(f"{kind}{number}")
                if (hit is not None) != (kind == "same"):
                    wrong.append((typed, text))
                elif hit:
                    assert hit.why
                    assert hit.snippet
                    assert hit.snippet.marks
    assert wrong == [], wrong
