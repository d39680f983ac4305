"""The ways in which composed pages are laid out, by name."""

from __future__ import annotations

from pages_composer import PAPER, Layout

MASTHEAD = f"{PAPER} 2024年12月18日 星期三 A05 要闻"

LAYOUTS: dict[str, Layout] = {
    "markdown: headline over subtitle, signed behind the text": Layout(
        heads=(None, "# ", "## "),
        lead=("本报{m}月{d}日讯 ",),
        tail=("(江城新闻/江城日报 记者 {by})",),
        cuts=0.4,
        split=0.3,
    ),
    "markdown: overline of the second level over the headline": Layout(
        heads=("## ", "# ", None), opening=("□江城日报记者 {by}",), names="wide", cuts=0.4
    ),
    "markdown: all of the third level": Layout(
        heads=("### ", "### ", "### "), closing=("（{by}）",), dress=0.0, split=0.3
    ),
    "bare heads, signed below": Layout(
        heads=("", "", ""), closing=("({by})",), names="wide", cuts=0.4, split=0.3, doubled=0.2
    ),
    "bare heads, byline above": Layout(
        heads=(None, "", ""), opening=("本报记者 {by}",), cuts=0.3, tops=(MASTHEAD,)
    ),
    "hard lines with indents, byline above": Layout(
        heads=(None, "", None), opening=("本报记者 {by}",), width=24, indent="　　", gap="\n", section="{}"
    ),
    "hard lines without indents, dateline": Layout(
        heads=(None, "", None),
        lead=("本报讯（记者 {by}）", "本报讯(通讯员 {by})"),
        width=32,
        gap="\n\n",
        between="\n\n\n",
    ),
    "agency datelines": Layout(
        heads=("", "", ""),
        lead=("新华社{place}{m}月{d}日电（记者{by}）", "新华社{place}{m}月{d}日电 （记者 {by}）"),
        names="comma",
        tops=("第3版 国内新闻",),
    ),
    "OCR columns": Layout(
        heads=("❷ ", "", None),
        opening=(),
        lead=("□记者 {by} 报道 本报讯 ",),
        ocr=16,
        section=">>{}<<",
        cuts=0.3,
    ),
    "headlines in two lines": Layout(
        heads=("", "", ""), lead=("本报讯 ",), tail=("（记者 {by}）",), two_lines=14, cuts=0.3
    ),
    "byline in the middle": Layout(heads=("", "", None), middle="□本报记者 {by}", section=""),
    "full-width digits, signed behind the text": Layout(
        heads=(None, "", ""),
        lead=("本报{m}月{d}日讯 ",),
        tail=("（记者 {by}）", "（本报记者 {by}）"),
        wide_digits=True,
        cuts=0.2,
        doubled=0.2,
    ),
    "indented paragraphs, stray spaces": Layout(
        heads=(None, "", "——"),
        opening=("本报记者 {by} 文/图",),
        indent="　　",
        stray=0.02,
        gap="\n",
        between="\n\n",
        names="wide",
    ),
    "national daily: datelines with brackets, masthead in three lines": Layout(
        heads=("", "", "——"),
        lead=("本报{place}{m}月{d}日电 （记者{by}）", "本报{place}{m}月{d}日电  （{by}）"),
        names="comma",
        tops=(PAPER, "2024年12月18日 星期三", "05版:要闻"),
        two_lines=20,
    ),
    "writer and photographer above": Layout(
        heads=(None, "", ""), opening=("文/本报记者 {by} 图/本报记者 郑岩",), cuts=0.3, split=0.3
    ),
    "byline below without brackets": Layout(
        heads=("", "", None), closing=("本报记者 {by}",), cuts=0.3, section=""
    ),
    "roles in the lead": Layout(
        heads=(None, "", ""),
        lead=(
            "本报讯({roles})",
            "本报讯（{roles}） ",
            "本报讯 {roles} 报道：",
            "本报{m}月{d}日讯（{roles}）",
        ),
        cuts=0.3,
        doubled=0.2,
        split=0.3,
    ),
    "narrow hard lines without indents, signed": Layout(
        heads=(None, "", None), closing=("（{by}）",), width=18, gap="\n", between="\n\n"
    ),
    "wide hard lines, centred heads and bylines": Layout(
        heads=("", "", "——"),
        opening=("□ 本报记者 {by}",),
        width=40,
        indent="　　",
        gap="\n",
        centred="　　　　　　",
    ),
    "no blank lines at all": Layout(
        heads=(None, "", None), lead=("本报讯 ",), tail=("（{by}）", "（记者 {by}）"), gap="\n", between="\n"
    ),
    "markdown: page over headline over subtitle, bold bylines": Layout(
        heads=(None, "## ", "### "), opening=("**本报记者 {by}**",), tops=("# 江城日报 2024年12月18日",)
    ),
    "heads behind icons": Layout(
        heads=("【民生】", "■ ", None), lead=("",), tail=(" （{roles}）",), cuts=0.2
    ),
    "bold heads": Layout(heads=(None, "**", None), closing=("作者：{by}",), section="**{}**"),
    "author lines": Layout(heads=(None, "", ""), opening=("作者：{by}",), cuts=0.3),
    "letter-spaced heads, page references": Layout(
        heads=(None, "", None),
        opening=("本报记者 {by}",),
        tops=("第03版",),
        letter_spaced=True,
        indent="　　",
        gap="\n",
        between="\n\n\n",
    ),
    "crowded page: captions and furniture everywhere": Layout(
        heads=("", "", ""),
        opening=("◎本报记者 {by}",),
        lead=("",),
        extras=0.95,
        cuts=0.6,
        split=0.6,
        doubled=0.3,
        tops=("A08 民生", "江城晚报 2024年3月5日 星期二", "责任编辑:王平 版式:李想"),
    ),
    "markdown heads, hard lines, signed in brackets with posts": Layout(
        heads=(None, "# ", "## "), tail=("（本报{roles}）",), width=22, indent="　　", gap="\n", cuts=0.3
    ),
    "hard lines between blank ones, heads in two lines": Layout(
        heads=("", "", ""), closing=("（{roles}）",), width=26, two_lines=16, cuts=0.3, split=0.4
    ),
    "OCR columns with stray names, dateline and signature": Layout(
        heads=("", "", "——"),
        lead=("本报{m}月{d}日讯 ",),
        tail=("(江城日报/江城新闻 记者 {by})",),
        ocr=20,
        names="wide",
        cuts=0.4,
        doubled=0.2,
        section=">>{}",
    ),
    "markdown: overline, headline and subtitle of three levels": Layout(
        heads=("### ", "# ", "## "), opening=("本报记者　{by}",), indent="　　", cuts=0.3, section="#### {}"
    ),
    "names alone under the headline": Layout(heads=(None, "", None), opening=("{by}",), cuts=0.2),
    "provincial agency, correspondents": Layout(
        heads=("", "", ""),
        lead=("江城日报{m}月{d}日讯（{roles}）", "江城日报讯（{roles}）", "本报{place}讯 （{roles}）"),
        wide_digits=True,
        indent="　　",
        between="\n\n\n\n",
        split=0.4,
        cuts=0.4,
    ),
    "PDF of one wide column, signed in brackets": Layout(
        heads=(None, "", None),
        tail=("（本报记者 {by}）",),
        width=38,
        indent="    ",
        gap="\n",
        between="\n\n",
        sentences=3,
    ),
    "narrow column of 13, ideographic indents, roles above": Layout(
        heads=(None, "", None),
        opening=("{roles}",),
        width=13,
        indent="　　",
        gap="\n",
        between="\n\n",
        sentences=3,
    ),
    "narrow column of 14 without indents, no blank lines at all": Layout(
        heads=(None, "", None), opening=("本报记者 {by}",), width=14, gap="\n", between="\n", sentences=3
    ),
    "OCR spaces everywhere, agency": Layout(
        heads=(None, "", None), lead=("本报讯 记者{by}报道 ",), stray=0.06, sentences=3
    ),
    "rules between articles, correspondents first": Layout(
        heads=(None, "## ", None), opening=("通讯员 {by}",), between="\n\n---\n\n", sentences=2, cuts=0.2
    ),
    "briefs: bold lead on the text's line": Layout(
        run_in=("**", "** "), tail=("（{by}）",), sentences=99, extras=0.1
    ),
    "briefs: lead in lenticular brackets": Layout(
        run_in=("【", "】"), tail=("（记者 {by}）", "（{roles}）"), sentences=99, extras=0.1
    ),
    "names behind the headline on its line": Layout(
        heads=(None, "", None), aside="　□本报记者 {by}", sentences=3
    ),
    "running heads inside the texts": Layout(
        heads=(None, "", ""),
        opening=("□ 记者 {by}",),
        running="A05 要闻 2024年12月18日 星期三 责编 王平 美编 李想",
        sentences=2,
        cuts=0.3,
    ),
    "text and pictures by slashes": Layout(heads=("", "", None), opening=("{by}/文 郑岩/图",), sentences=3),
    "bylines behind dashes, below": Layout(
        heads=(None, "### ", None), closing=("——本报记者 {by}",), sentences=2, dress=0
    ),
    "national agency wire: names in the dateline, lines of 24 with two blanks": Layout(
        heads=("", "", ""),
        lead=("新华社{place}{m}月{d}日电（记者{by}）",),
        names="comma",
        width=24,
        indent="  ",
        gap="\n",
        between="\n\n\n",
        sentences=4,
    ),
    "every paragraph a line, one blank line only between articles, CRLF": Layout(
        heads=(None, "", None),
        opening=("□本报记者 {by}",),
        gap="\n",
        between="\n\n",
        sentences=2,
        line_end="\r\n",
    ),
    "every paragraph a line, all lines alike, signature last": Layout(
        heads=(None, "", None), closing=("（{by}）",), gap="\n", between="\n", sentences=2, extras=0.2
    ),
    "reporters and editors of every article": Layout(
        heads=(None, "", ""), opening=("记者：{by}　编辑：王平",), sentences=3, cuts=0.3
    ),
    "setext-like underlines": Layout(heads=(None, "", None), opening=("==========", "文/{by}"), sentences=3),
    "bold heads of third level and italics": Layout(
        heads=("#### ", "### **", None), opening=("*本报记者 {by}*",), sentences=2
    ),
    "hard lines of 17 between blank ones, byline in brackets above": Layout(
        heads=("", "", None), opening=("（本报记者 {by}）",), width=17, sentences=3
    ),
    "OCR columns of 12 in paragraphs, byline in the lead": Layout(
        heads=(None, "", ""), lead=("本报讯 （记者 {by}） ",), ocr=12, sentences=3, names="wide"
    ),
    "full-width spaces between names and before paragraphs": Layout(
        heads=(None, "　　　", None),
        opening=("　　　　　　本报记者　{by}",),
        indent="　　",
        names="wide",
        sentences=2,
        wide_digits=True,
        gap="\n\n",
        between="\n\n\n",
    ),
    "date below the signature": Layout(
        heads=(None, "", None), closing=("本报记者 {by}", "2024年12月18日"), sentences=3
    ),
    "source and time under the headline": Layout(
        heads=(None, "# ", None), opening=("2024-12-18 08:30　来源：江城日报　作者：{by}",), sentences=2
    ),
    "web page: date, source, writer on lines of their own": Layout(
        heads=(None, "", None), opening=("来源：江城日报", "作者：{by}", "2024年12月18日"), sentences=2
    ),
    "two-part files: 上接 behind, 下转 before": Layout(
        heads=(None, "", None), opening=("□江城日报记者 {by}",), sentences=2, jumps=1.0
    ),
    "issue of one stream: page heads between, every article with a rule of stars": Layout(
        heads=("", "", None),
        opening=("本报记者 {by} 摄影报道",),
        tops=("江城晚报", "2024年12月18日", "A08版 城事"),
        between="\n\n* * *\n\n",
        sentences=3,
        cuts=0.2,
    ),
    "reporter in the first paragraph, correspondents last": Layout(
        heads=(None, "", None),
        lead=("（本报记者 {by}）",),
        sentences=3,
        cuts=0.4,
        split=0.4,
        gap="\n\n",
        between="\n\n\n",
    ),
    "hard lines of 20, blank line between paragraphs, signed with agency": Layout(
        heads=(None, "", ""),
        tail=("（据江城日报 记者 {by}）", "（江城日报记者 {by}）"),
        width=20,
        sentences=3,
    ),
    "hard lines of 28 with ideographic indents, blank lines everywhere, two-line heads": Layout(
        heads=("", "", ""), opening=("□本报记者 {by}",), width=28, indent="　　", sentences=3, two_lines=14
    ),
    "hard lines of 16 with indents, no blank lines at all, dateline": Layout(
        heads=(None, "", None),
        lead=("本报讯（记者 {by}）",),
        width=16,
        indent="　　",
        gap="\n",
        between="\n",
        sentences=3,
    ),
    "hard lines of 30, no blank lines, signature on its own line": Layout(
        heads=(None, "", None), closing=("（{by}）",), width=30, gap="\n", between="\n", sentences=4
    ),
    "OCR columns of 24, Markdown heads, caption everywhere": Layout(
        heads=("## ", "# ", None), opening=("□ 本报记者 {by}",), ocr=24, extras=0.9, sentences=4, cuts=0.3
    ),
    "OCR columns of 14, bare heads, signed": Layout(
        heads=("", "", ""), tail=("（记者 {by}）",), ocr=14, sentences=3, cuts=0.4, doubled=0.3, split=0.4
    ),
    "stray spaces in everything, signed in brackets": Layout(
        heads=(None, "", None), tail=("（{by}）",), stray=0.05, sentences=2
    ),
    "paragraphs of one sentence, byline above": Layout(
        heads=(None, "", ""), opening=("记者 {by}",), sentences=1, cuts=0.1
    ),
    "paragraphs of one sentence, signed below, one line each": Layout(
        heads=(None, "", None), closing=("（本报记者 {by}）",), sentences=1, gap="\n", between="\n\n"
    ),
    "markdown: second level, italic signature at the end": Layout(
        heads=(None, "## ", None),
        closing=("*（{by}）*",),
        sentences=2,
        tops=("# 江城日报",),
        between="\n\n---\n\n",
    ),
    "markdown: second level, names under an em dash": Layout(
        heads=("*", "## ", None), opening=("> 记者 {by}",), sentences=2
    ),
    "headline in corner brackets of its own": Layout(
        heads=(None, "■", None), opening=("通讯员 {by} 报道",), sentences=2, gap="\n", between="\n\n"
    ),
    "date and place before the text": Layout(
        heads=(None, "", None),
        lead=("{place}{m}月{d}日电 （记者 {by}）", "{place}{m}月{d}日讯 （记者{by}）"),
        sentences=3,
    ),
    "editor's lines below every article": Layout(
        heads=(None, "", ""), opening=("文/{by}",), closing=("责任编辑：王平",), sentences=3
    ),
    "tabs for indents, tight": Layout(
        heads=(None, "", None), opening=("\t本报记者 {by}",), indent="\t", gap="\n", between="\n", sentences=3
    ),
    "letterpress: full-width spaces inside the headline": Layout(
        heads=(None, "", None),
        opening=("本报记者　{by}",),
        names="wide",
        letter_spaced=True,
        sentences=3,
        cuts=0.3,
    ),
    "column slugs over every headline": Layout(
        heads=("● ", "", None), opening=("本报记者 {by}",), sentences=2, dress=1
    ),
    "page numbers and running heads at every turn": Layout(
        heads=(None, "", ""),
        tail=("（本报记者{by}）",),
        names="comma",
        running="第 3 版",
        sentences=2,
        cuts=0.4,
        between="\n\n\n\n",
    ),
}
"""The layouts in which rules were tried out; a few of them are those of real papers."""
