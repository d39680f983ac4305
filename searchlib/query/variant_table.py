"""
Variant characters that the table of scripts does not fold, because they are words of their own elsewhere.

瞭 is 了 in 瞭解, not in 瞭望; 著 is 着 in 看著, not in 著名. And 乾, which folds to
干 for 乾燥, is no 干 in 乾隆.

Origin: OpenCC 1.4 (`TSPhrases`, `TSCharacters`, `JPVariants`, `HKVariants`, `TWVariants`), what reads
alike after its characters are folded left out. Licence of the data: Apache-2.0, copyright the OpenCC
authors (BYVoid/OpenCC).
"""

from __future__ import annotations

PHRASES = """
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

VARIANTS = (
    "両乗亀亜仏仮価倹児剣剤剰労効勅勧単厳収営団囲図圏圧塩増壊壌壱売変奨実寛対専尭巌巣巻帯帰広廃弐弾従徳徴応悩懐戦戯払抜択拝拠拡"
    "挙挿捜掲掻揺摂撃撹斎晩暁暦曽枱栄桜桟検楽様権歓歩歯歳歴毎気沢浄涙済渉渋渓満滝焼犠猟獣畳痩痺発県砕稲穂穏穣竜粋粛粧糭経絵継続総"
    "縁縄縦繊聴脳臓艶荘蔵薫薬蛍蝋衞衹覇覚覧観訳読譲豊賛転軽辺逓遅酔醤醸釈鉄銭鋳錬関闘陥険隠雑霊頼顕駅駆騒験髄髪鴎鶏鹸麺黒黙齢"
    "馀戸靑髙吿囘凃"
)
"""Forms that Chinese texts hardly ever have: a query with one finds the usual one too, not the reverse."""

STANDARD = (
    "两乘龟亚佛假价俭儿剑剂剩劳效敕劝单严收营团围图圈压盐增坏壤壹卖变奖实宽对专尧岩巢卷带归广废贰弹从德征应恼怀战戏拂拔择拜据扩"
    "举插搜揭搔摇摄击搅斋晚晓历曾台荣樱栈检乐样权欢步齿岁历每气泽净泪济涉涩溪满泷烧牺猎兽叠瘦痹发县碎稻穗稳穰龙粹肃妆粽经绘继续总"
    "缘绳纵纤听脑脏艳庄藏薰药萤蜡卫只霸觉览观译读让丰赞转轻边递迟醉酱酿释铁钱铸炼关斗陷险隐杂灵赖显驿驱骚验髓发鸥鸡碱面黑默龄"
    "余户青高告回涂"
)
"""The usual character of each of `VARIANTS`."""

KEEPING = """
    乾隆 乾坤 乾嘉 乾陵 乾清 乾元 乾卦 乾安 乾州 乾县 乾縣 乾象 乾纲 乾綱
    乾曜 乾佑 乾道 乾旦 康乾 尼乾 竺乾 萧乾 蕭乾 张法乾 張法乾 朝乾夕惕 李乾德 郭子乾
    旋乾转坤 旋乾轉坤 顛乾倒坤 颠乾倒坤 角徵 徵羽 徵弦 徵絃 徵音 徵声 徵聲 徵调 徵調 变徵
    變徵 流徵
"""
"""Words in which a character keeps its script, as they may be written."""

PARTICLES = "着著"

_TOLD_BY = "炼链俱具藉借覆复彷仿瞭了沈沉画划衹只甚什"
"""What tells the two ways apart; one of them is in each of `PHRASES`."""

TRIGGERS = frozenset({*VARIANTS, *PARTICLES, *_TOLD_BY})
"""Characters without one of which there is nothing to find."""
