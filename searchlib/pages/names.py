"""Names of people: which text is one, and where a list of them is cut."""

from __future__ import annotations

import re

FREQUENT_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔"
)
"""The surnames that are borne most, by the first character of a name."""

SURNAMES = frozenset(
    FREQUENT_SURNAMES
    + "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施"
    "文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成"
    "苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党"
    "宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官"
    "封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖"
    "漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆"
    "茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由逄綦矫邴潭冷盖"
    "姜泮矣眭郗鄂亢謇詹仉庹宓竺揣笪习荀旷隗庾濮郄缑酆呙郇蔚撒谯"
)
"""
The first character of a name, single or compound, simplified script.

Source: the public name lists of the Ministry of Public Security (全国姓名报告) and 百家姓, common knowledge,
the most frequent ones; they cover about 99 % of people.
"""

_COMPOUND = re.compile(
    r"(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|端木|南宫|万俟)[一-鿿]{1,2}"
)
LATIN_NAME = re.compile(r"[A-Za-z][\w.'’\-]*(?:[ \u3000]{1,2}[A-Za-z][\w.'’\-]*){1,3}")
"""A name of two words or more: Linette Lai, J. K. Rowling."""
_HAN_NAME = re.compile(r"[一-鿿㐀-䶿]{2,4}")
_HAN_RUN = re.compile(r"[一-鿿㐀-䶿]+")
_DOTTED_NAME = re.compile(r"[一-鿿]{1,8}(?:[·•][一-鿿]{1,8}){1,3}")
_NO_NAME = re.compile(r"[的在了和与是]")
_WRITTEN_NAME = re.compile(rf"{_HAN_NAME.pattern}|{_DOTTED_NAME.pattern}|[A-Za-z][A-Za-z.\-]+")
PADDED_CHARS = 2
"""Characters of a name that is padded with a space."""

PLACES = frozenset(
    [
        "北京",
        "上海",
        "天津",
        "重庆",
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "黑龙江",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
        "湖南",
        "广东",
        "海南",
        "四川",
        "贵州",
        "云南",
        "陕西",
        "甘肃",
        "青海",
        "台湾",
        "内蒙古",
        "广西",
        "西藏",
        "宁夏",
        "新疆",
        "香港",
        "澳门",
        "石家庄",
        "太原",
        "沈阳",
        "长春",
        "哈尔滨",
        "南京",
        "杭州",
        "合肥",
        "福州",
        "南昌",
        "济南",
        "郑州",
        "武汉",
        "长沙",
        "广州",
        "海口",
        "成都",
        "贵阳",
        "昆明",
        "西安",
        "兰州",
        "西宁",
        "台北",
        "新北",
        "桃园",
        "台中",
        "台南",
        "高雄",
        "基隆",
        "新竹",
        "嘉义",
        "苗栗",
        "彰化",
        "南投",
        "云林",
        "屏东",
        "宜兰",
        "花莲",
        "台东",
        "澎湖",
        "金门",
        "马祖",
        "呼和浩特",
        "南宁",
        "拉萨",
        "银川",
        "乌鲁木齐",
        "深圳",
        "珠海",
        "厦门",
        "宁波",
        "青岛",
        "大连",
        "苏州",
        "无锡",
        "常州",
        "温州",
        "佛山",
        "东莞",
        "惠州",
        "汕头",
        "烟台",
        "潍坊",
        "淄博",
        "威海",
        "唐山",
        "保定",
        "洛阳",
        "开封",
        "马鞍山",
        "芜湖",
        "徐州",
        "扬州",
        "南通",
        "连云港",
        "桂林",
        "三亚",
        "延安",
        "遵义",
        "大理",
        "丽江",
        "雄安",
        "浦东",
        "东京",
        "大阪",
        "首尔",
        "平壤",
        "伦敦",
        "巴黎",
        "柏林",
        "莫斯科",
        "华盛顿",
        "纽约",
        "洛杉矶",
        "旧金山",
        "日内瓦",
        "新加坡",
        "吉隆坡",
        "曼谷",
        "河内",
        "仰光",
        "悉尼",
        "堪培拉",
        "多伦多",
        "渥太华",
        "布鲁塞尔",
        "罗马",
        "开罗",
    ]
)
"""
Places from which papers report most: they are after a name without a border, 记者陈怡君台北报道.

Source: provinces, their capitals, the cities of Taiwan, the greatest cities elsewhere; common knowledge.
"""

_LABELS = (
    "原文 全文 简介 文档 文献 文章 文末 查看 关于 关注 关闭 关联 相关 支持 平台 项目 程序 管理 单位 "
    "时间 路径 计划 方案 方法 方便 方向 常用 常见 常识 高级 安装 安全 单独 成果 发布于 发表于 更新于 "
    "程序员 管理员 云服务 安装包 白皮书 官网 国际 国内 国防 国学 台海 台湾 港澳 时事 时评 时政 时尚 "
    "文化 文艺 文学 文娱 文体 文史 文旅 文教 文摘 文苑 金融 金句 农业 农村 水利 房产 房市 车市 房地产 "
    "金融界 车联网 高考 毕业季 花絮 干货 游记 连载 连线 简讯 简报 简明 史话 史海 广告 路透 平时 明日 "
    "金牌 包装 权威 权利 向导 项链 文学社 文艺部 宣传部 常委会 谢谢 鸣谢 计算 解决 解释 和谐 时候 易用 "
    "习惯 习俗 习题 习作 习武 习字"
)
NO_NAMES = frozenset(_LABELS.split())
"""
Words that begin like a name and are set alone on a line: pages of papers and controls of websites.

Source: labels that papers and websites print, common knowledge.
"""

_SEPARATORS = re.compile(r"[\s、,，;；/|｜丨&\x0b]+")
_PLACE_ENDS = frozenset("省市区县乡镇村街局院校厂店")
_NO_LAST = _PLACE_ENDS | frozenset("的了着吗呢吧们")
"""Characters that no name ends with, though a surname is before them: 简单的, 明白了, 温暖着."""

MAX_SIMPLE_NAME = 3
"""Characters of a name with a single surname at most."""


def is_sure_name(name: str) -> bool:
    """Return whether a text is a name, though nothing introduces it: surname first, and no place."""
    if not _HAN_NAME.fullmatch(name):
        return bool(_DOTTED_NAME.fullmatch(name)) and not _NO_NAME.search(name)
    if len(name) > MAX_SIMPLE_NAME:
        return bool(_COMPOUND.fullmatch(name))
    return name[0] in SURNAMES and name[-1] not in _NO_LAST and name not in NO_NAMES


def split_place(text: str) -> tuple[str, str] | None:
    """
    Take a name and the place after it apart, None when there are not both.

    >>> split_place("陈怡君台北"), split_place("王喆青岛"), split_place("周小禾")
    (('陈怡君', '台北'), ('王喆', '青岛'), None)
    """
    cuts = [size for size in (3, 2, 4) if len(text) >= size + 2 and is_sure_name(text[:size])]
    known = [size for size in cuts if starts_with_place(text[size:])]
    size = next(iter(known or cuts), 0)
    return (text[:size], text[size:]) if size else None


def starts_with_place(text: str) -> bool:
    """Return whether a text begins with one of `PLACES`."""
    return any(text[:size] in PLACES for size in (2, 3, 4))


def is_name_char(char: str) -> bool:
    """Return whether a character may be in a name."""
    return "一" <= char <= "鿿" or char in "·•"


def names_in(text: str) -> list[str] | None:
    """
    Return the names of a list of names, None when it holds anything else.

    A name of two characters is padded with a space, to be as wide as one of
    three: 张 凯 -> 张凯.
    """
    names: list[str] = []
    surname = ""
    for token in _SEPARATORS.split(text.strip("()（）:： \u3000")):
        is_short = bool(names) and len(names[-1]) == PADDED_CHARS
        if surname and len(token) <= PADDED_CHARS and _HAN_RUN.fullmatch(token):
            names.append(surname + token)
            surname = ""
        elif len(token) == 1 and is_name_char(token):
            if is_short and token not in SURNAMES:
                names[-1] += token  # 耿婷 婷: a line's end inside a name
            else:
                surname = token
        elif token:
            if (surname and not is_short) or not _WRITTEN_NAME.fullmatch(token) or token in NO_NAMES:
                return None
            if surname:  # 余涵 燕 梁海华: the end of a name, though 燕 is a surname too
                names[-1] += surname
            surname = ""
            names += _split_pair(token)
    if not surname:
        return names
    if surname in FREQUENT_SURNAMES or not names or len(names[-1]) != PADDED_CHARS:
        return None
    return [*names[:-1], names[-1] + surname]


def _split_pair(token: str) -> list[str]:
    """Take two names of two characters apart that were set without a space: 张三李四."""
    first, second = token[:PADDED_CHARS], token[PADDED_CHARS:]
    is_pair = len(second) == PADDED_CHARS and first[0] in SURNAMES and second[0] in SURNAMES
    return [first, second] if is_pair and not _COMPOUND.fullmatch(token) and "·" not in token else [token]
