"""
Variant characters that the table of scripts does not fold, because they are words of their own elsewhere.

瞭 is 了 in 瞭解, not in 瞭望; 著 is 着 in 看著, not in 著名. And 乾, which folds to
干 for 乾燥, is no 干 in 乾隆.

Origin: OpenCC 1.4 (`TSPhrases`, `TSCharacters`, `JPVariants`, `HKVariants`, `TWVariants`), what reads
alike after its characters are folded left out. Licence of the data: Apache-2.0, copyright the OpenCC
authors (BYVoid/OpenCC).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from searchlib.query.numerals import Varied
from searchlib.query.patterns import KEPT_CHARACTERS

_PHRASES = """
    上炼=上链 家俱=家具 凌藉=凌借 函覆=函复 反反覆覆=反反复复 反覆=反复 回覆=回复 彷佛=仿佛
    凭藉=凭借 手炼=手链 拉炼=拉链 明瞭=明了 沈没=沉没 沈积=沉积 沈船=沉船 沈默=沉默
    瞭如=了如 瞭然=了然 瞭若=了若 瞭解=了解 申覆=申复 答覆=答复 禀覆=禀复 筹画=筹划
    藉代=借代 藉以=借以 藉助=借助 藉口=借口 藉故=借故 藉机=借机 藉此=借此 藉由=借由
    藉着=借着 藉著=借着 藉词=借词 覆信=复信 覆命=复命 覆电=复电 计画=计划 重覆=重复
    金炼=金链 铰炼=铰链 银炼=银链 炼子=链子 炼条=链条 炼锤=链锤 锁炼=锁链 铁炼=铁链
    项炼=项链 颈炼=颈链 衹是=只是 衹有=只有 衹要=只要 衹能=只能 甚么=什么 规画=规划
    策画=策划 企画=企划 谋画=谋划
"""
"""Words that are written in two ways, after their characters are folded."""

_VARIANTS = (
    "両乗亀亜仏仮価倹児剣剤剰労効勅勧単厳収営団囲図圏圧塩増壊壌壱売変奨実寛対専尭巌巣巻帯帰広廃弐弾従徳徴応悩懐戦戯払抜択拝拠拡"
    "挙挿捜掲掻揺摂撃撹斎晩暁暦曽枱栄桜桟検楽様権歓歩歯歳歴毎気沢浄涙済渉渋渓満滝焼犠猟獣畳痩痺発県砕稲穂穏穣竜粋粛粧糭経絵継続総"
    "縁縄縦繊聴脳臓艶荘蔵薫薬蛍蝋衞衹覇覚覧観訳読譲豊賛転軽辺逓遅酔醤醸釈鉄銭鋳錬関闘陥険隠雑霊頼顕駅駆騒験髄髪鴎鶏鹸麺黒黙齢"
    "馀戸靑髙吿囘凃"
)
_STANDARD = (
    "两乘龟亚佛假价俭儿剑剂剩劳效敕劝单严收营团围图圈压盐增坏壤壹卖变奖实宽对专尧岩巢卷带归广废贰弹从德征应恼怀战戏拂拔择拜据扩"
    "举插搜揭搔摇摄击搅斋晚晓历曾台荣樱栈检乐样权欢步齿岁历每气泽净泪济涉涩溪满泷烧牺猎兽叠瘦痹发县碎稻穗稳穰龙粹肃妆粽经绘继续总"
    "缘绳纵纤听脑脏艳庄藏薰药萤蜡卫只霸觉览观译读让丰赞转轻边递迟醉酱酿释铁钱铸炼关斗陷险隐杂灵赖显驿驱骚验髓发鸥鸡碱面黑默龄"
    "余户青高告回涂"
)
_OF_VARIANT = dict(zip(_VARIANTS, _STANDARD, strict=True))
"""Forms that Chinese texts hardly ever have: a query with one finds the usual one too, not the reverse."""

_OF_PHRASE = {a: b for pair in _PHRASES.split() for a, b in [pair.split("="), pair.split("=")[::-1]]}
_PARTICLE = "(?<![名显卓专土编原论巨昭合遗拙译撰])[着著](?![名作者称述书])"
_SPAN = re.compile(
    "|".join(
        [
            *sorted(map(re.escape, _OF_PHRASE), key=len, reverse=True),
            f"(?P<particle>{_PARTICLE})",
            f"[{_VARIANTS}]",
        ]
    )
)

TRIGGERS = "".join(sorted({*"着著", *_VARIANTS, *(char for phrase in _OF_PHRASE for char in phrase)}))
"""Regex class body of characters without which `variants` finds nothing."""

_WORDS = """
    乾隆 乾坤 乾嘉 乾陵 乾清 乾元 乾卦 乾安 乾州 乾县 乾縣 乾象 乾纲 乾綱
    乾曜 乾佑 乾道 乾旦 康乾 尼乾 竺乾 萧乾 蕭乾 张法乾 張法乾 朝乾夕惕 李乾德 郭子乾
    旋乾转坤 旋乾轉坤 顛乾倒坤 颠乾倒坤 角徵 徵羽 徵弦 徵絃 徵音 徵声 徵聲 徵调 徵調 变徵
    變徵 流徵
"""
_KEEPING = tuple(_WORDS.split())
"""Words in which a character keeps its script, as they may be written."""


def variants(text: str) -> Iterator[Varied]:
    """
    Yield what of a simplified text is written in another way elsewhere.

    >>> [varied.forms for varied in variants("看著计画")]
    [('着',), ('计划',)]
    """
    for match in _SPAN.finditer(text):
        found = match.group()
        if match["particle"]:
            form = "着" if found == "著" else "著"
        else:
            form = _OF_PHRASE.get(found) or _OF_VARIANT[found]
        yield Varied(*match.span(), (form,))


def keeping(text: str, words: list[str]) -> tuple[str, ...]:
    """
    Return the words of a text in which a character keeps its script.

    Args:
        text: As it was typed, folded but not simplified.
        words: The dictionary's words of it; 餅乾|安全 has 乾安 in it by chance.

    >>> keeping("乾隆吃餅乾", ["干", "隆", "吃", "饼干"]), keeping("餅乾安全", ["饼干", "安全"])
    (('乾隆',), ())
    """
    found = []
    for word in _KEEPING:
        start = text.find(word)
        if start >= 0 and not _belongs_elsewhere(start, start + len(word), words, text):
            found.append(word)
    return tuple(found)


def _belongs_elsewhere(start: int, end: int, words: list[str], text: str) -> bool:
    """Tell whether the character that would be kept is in a dictionary word that goes beyond two places."""
    first = 0
    for word in words:
        last = first + len(word)
        has_it = any(char in KEPT_CHARACTERS for char in text[max(first, start) : min(last, end)])
        if has_it and not (start <= first and last <= end):
            return True
        first = last
    return False


