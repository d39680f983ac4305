"""The help texts in Chinese, by the English of the code: verbs, options, examples, a paragraph an entry."""

from __future__ import annotations

HELP = {
    # the lines of the verbs
    "Search, where the first word is no verb: search query index": "检索；第一个词不当作命令：search query index",
    "Create or update ./.search from files and folders": "由文件和文件夹建立或更新 ./.search",
    "Print whole articles": "显示全文",
    "Show the articles of a file without indexing it": "不建索引，看一个文件拆成哪些文章",
    "Show what the index holds": "索引里有什么",
    "Show how text is cut into words": "看文字怎样切词",
    "Show why an article has its score": "说明一篇文章的得分",
    "Complete the start of a word from the index": "按索引补全词头",
    "Propose new words of the articles for words.txt": "从文章里找新词，供 words.txt 用",
    "Show every place with what stands around it, aligned": "逐处列出上下文，关键词对齐",
    "Find articles like one": "找相似的文章",
    "Serve the archive to a browser and over HTTP": "在浏览器里检索，并供程序经 HTTP 使用",
    "Count articles by month": "按月统计篇数",
    "Check the installation and the index": "检查安装和索引",
    "Measure ranking on a test collection": "用测试集评测排序",
    "Write every article as JSON, one a line": "导出全部文章，每行一个 JSON",
    "Print the script for completion in bash, zsh or fish": "输出 bash、zsh 或 fish 的补全脚本",
    "Show this help, that of a verb, or a guide": "显示本帮助、某个命令的帮助或一篇指南",
    "Guides (search help TOPIC):": "指南（search help 主题）：",
    # headings
    "Usage:": "用法：",
    "Options:": "选项：",
    "Examples:": "例：",
    "Verbs (each has --help):": "命令（都有 --help）：",
    "Exit codes:": "退出码：",
    "0 found   1 nothing found   2 an error   130 interrupted": "0 有结果   1 没有结果   2 出错   130 被中断",
    "Environment:": "环境变量：",
    "the index, when there is no -i": "没有 -i 时用的索引",
    "pages what is longer than the terminal; less when not set": "一屏放不下时用的分页程序，未设则用 less",
    "never, always colour; --color goes before both": "从不、总是着色；--color 优先",
    "Show this message and exit.": "显示本帮助。",
    "Show the version and exit.": "显示版本。",
    # search
    "Search Chinese text: what stands in an article is found, the best comes first.": (
        "中文全文检索：文中有的就查得到，最相关的排在前面。"
    ),
    "search WORDS asks the nearest index; search VERB does what the verb says. The first word is a verb only "
    "when it equals one exactly. Options may stand before or after the words. A dash alone reads queries from "
    "standard input, one a line; on a terminal it shows results as you type.": (
        "search 词… 检索最近的索引；search 命令 执行命令。第一个词与命令完全相同才当作命令。"
        "选项放在词前词后都可以。只写一个减号，就从标准输入逐行读检索式；在终端上则边输入边显示结果。"
    ),
    "The index; else $SEARCH_INDEX, else the nearest .search here or above.": (
        "索引；未给则用 $SEARCH_INDEX，再不然用本级或上级最近的 .search。"
    ),
    "Hits to show; 10, with -l all.": "显示多少条；默认 10，带 -l 时为全部。",
    "Hits to pass over first.": "先跳过多少条。",
    "Order of the hits: by date, or by a record's own key, -extra.KEY the greatest first.": (
        "结果的顺序：按日期，或按记录自有的键；-extra.KEY 从大到小。"
    ),
    "Not before: 2024, 2024-08 or 2024-08-09.": "起始日期：2024、2024-08 或 2024-08-09。",
    "Not after; 2024-08 includes its last day.": "截止日期；2024-08 含当月最后一天。",
    "Only articles whose field has this value, or for one KEY one of several; repeatable.": (
        "只要某字段等于此值的文章；同一 KEY 给多个值，符合其一即可；可重复。"
    ),
    "Count the values of a field; repeatable.": "统计某字段的各个值；可重复。",
    "One hit for an article and its reprints.": "一篇文章和它的转载合为一条。",
    "all: every word. auto: the closest when nothing has all. any: plain text, for questions.": (
        "all：每个词都要有。auto：没有全含的就取最接近的。any：当作普通文字，适合提问。"
    ),
    "Traditional is not simplified, 二十四 is not 24, `5G` is not `5 G`; width and case still fold.": (
        "区分繁简、“二十四”与 24、“5G”与“5 G”；全角半角和大小写仍不区分。"
    ),
    "What else may stand for the words: some of script,numbers,latin,synonyms; all when not given.": (
        "还认哪些写法：script,numbers,latin,synonyms 中的几种；未给则全认。"
    ),
    "Passages for each hit.": "每条显示几段摘要。",
    "Print only the sources, or ids where there is none.": "只列来源；没有来源的列编号。",
    "As --list, each name ended by a NUL byte, for: xargs -0.": "同 --list，每个名称以 NUL 字节结尾，供 xargs -0 用。",
    "Print only how many articles match.": "只显示符合的篇数。",
    "Print one JSON object.": "输出一个 JSON 对象。",
    "Print a JSON object for each hit, one a line.": "每条结果一行 JSON。",
    "Print a TREC run: query, Q0, id, rank, score, name.": "输出 TREC run：检索号、Q0、编号、名次、得分、名称。",
    "Colour the output; auto does so on a terminal.": "着色；auto 只在终端上着色。",
    "Write long output straight out.": "不分页，直接输出。",
    "several words need no quotes: articles with both": "几个词不用加引号：都含的文章",
    "the shell eats quotes: put a phrase into two pairs": "shell 会去掉一层引号：短语要加两层",
    "without 会议; 丰收 in the headline": "不含“会议”；标题有“丰收”",
    "every hit, by date": "全部结果，按日期",
    "one author; counts by newspaper": "某位作者；按报纸统计",
    "a question: whatever comes closest": "提问：取最接近的",
    "only the sources, for other programs": "只列来源，供别的程序用",
    "each line a query, or an id, a tab and a query": "每行一个检索式，前面可加编号和制表符",
    "to search for a word that is a verb": "检索与命令同名的词",
    "what starts with a dash and a letter is an option, except after --": "减号加字母是选项，-- 之后除外",
    # index
    "Create or update an index from files and folders.": "由文件和文件夹建立或更新索引。",
    "It is ./.search unless -i or $SEARCH_INDEX names another. Files that cannot be read are named on stderr "
    "with the reason, and the rest is indexed.": (
        "索引为 ./.search，除非 -i 或 $SEARCH_INDEX 另有指定。读不了的文件连同原因报在标准错误上，其余照常建索引。"
    ),
    "The index to create or update; else $SEARCH_INDEX, else ./.search.": (
        "要建立或更新的索引；未给则用 $SEARCH_INDEX，再不然用 ./.search。"
    ),
    "First save what is whole of a damaged or outdated index.": "先救出损坏或过时的索引中完好的部分。",
    "First cut all articles anew, for this version or other --field.": (
        "先把全部文章重新切词，以合本版本或另给的 --field。"
    ),
    "Search in this key of records too, with this weight; kept with a new index; repeatable.": (
        "记录的这个键也要检索，并给权重；随新索引保存；可重复。"
    ),
    "search in keys that articles do not have": "检索文章字段以外的键",
    "the same articles with other fields, all or nothing": "文章不变，换检索字段；要么全成，要么不动",
    "Where records keep the fields: headline=标题,body=data.正文; repeatable.": (
        "记录里各字段叫什么：headline=标题,body=data.正文；可重复。"
    ),
    "Go on until Ctrl-C, and take in every change.": "一直运行到 Ctrl-C，有变化就更新。",
    "everything readable below corpus/, into ./.search": "corpus/ 下凡读得了的，存入 ./.search",
    "into another place": "存到别处",
    "again: reads only what has changed, removes what is gone": "再来一次：只读有变化的，删去不在的",
    "save what is whole of a damaged index, then index its files again": "救出完好的，再重新建索引",
    "records with keys of their own": "字段名不同的记录",
    "and again whenever something has changed, until Ctrl-C": "有变化就再来，直到 Ctrl-C",
    "to search for the word itself": "检索这个词本身",
    # show, split, stats, analyze, explain, suggest
    "Print whole articles by their ids; exit 1 when one is not in the index.": (
        "按编号显示全文；有不在索引里的，退出码为 1。"
    ),
    "the id that stands last under a headline": "标题下面最后的编号",
    "the third hit of the last answer on this terminal": "上次结果的第三条",
    "like the first hit of the last answer on this terminal": "与上次结果的第一条相近",
    "with all its fields": "连同所有字段",
    "Show the articles of a file in reading order, as `search index` would take them.": (
        "按阅读顺序显示一个文件里的文章，与 `search index` 所取相同。"
    ),
    "Show what each line was taken for, and why.": "逐行说明当作什么，为什么。",
    "what the page is taken apart into": "版面拆成哪些文章",
    "line by line: its role, and the reason for it": "逐行：作用和理由",
    "with all fields and the spans in the file": "含所有字段和在文件中的位置",
    "Show what the index holds and how it was made.": "索引里有什么，是怎样建的。",
    "articles, size, fields, versions": "篇数、大小、字段、版本",
    "for a program": "供程序用",
    "Say what an article lacks to be found by a query, or its rank and what stands before it.": (
        "说明一篇文章缺什么才查得到，或者它排第几、前面是哪篇。"
    ),
    "Say what an article lacks to be found, or what stands before it": "说明一篇文章缺什么才查得到，或者前面是哪篇",
    "with the filters of a search, for a program": "带检索的筛选条件，供程序用",
    "Show how text is cut into words; no index is needed. Several words are joined by spaces.": (
        "看文字怎样切词；不需要索引。几个词以空格相连。"
    ),
    "Show how a query is understood: its tree.": "看检索式怎样理解：语法树。",
    "the words, where they start and end, their positions": "各词、起止和位次",
    "how a query is understood": "检索式怎样理解",
    "the words as the index sees them: folded": "索引所见的词：已归一",
    "Show what the score of an article for a query is made of: every value is the sum of those below it.": (
        "说明一篇文章对某检索式的得分由哪些部分组成：每个值是其下各值之和。"
    ),
    "the id comes last, the words before it": "编号在最后，前面是检索词",
    "the score alone": "只要得分",
    "Complete the start of a word from what the index holds.": "按索引内容补全词头。",
    "At most so many; 10.": "最多几个；默认 10。",
    "at most ten completions, one a line": "最多十个，每行一个",
    "more of them": "多列一些",
    "Print only the ids, for search show and others.": "只输出编号，供 search show 等使用。",
    "Print a table for a spreadsheet, a hit a row.": "输出电子表格用的表，每条一行。",
    "whole articles; show takes the files of -l too": "显示全文；-l 输出的文件 show 也接受",
    "Print whole articles by their ids, or all of a file; exit 1 when one is not in the index.": (
        "按编号显示全文，或显示一个文件的全部文章；有一篇不在索引里则退出码为 1。"
    ),
    "In a hit of the last answer on a terminal the places that matched are marked.": (
        "终端上最近一次结果里的文章，标出匹配的地方。"
    ),
    "Open its file in $EDITOR, else in the pager.": "用 $EDITOR 打开所在的文件，未设则用分页程序。",
    "Print a citation instead.": "改为输出引文。",
    "the third hit of the last answer on this terminal, what matched marked": "本终端最近一次结果的第三条，标出匹配的地方",
    "all articles of a file, in reading order": "一个文件的全部文章，按阅读顺序",
    "its file in $EDITOR, at the line where it begins": "用 $EDITOR 打开它的文件，停在文章开头的一行",
    "Other words beside these, with shares; repeatable.": "与之并列的其他词，附比例；可重复。",
    "Count by year, month or day, beside all articles, with shares.": "按年、月或日统计，与全部文章并列，附比例。",
    "With --by or --compare a table from the first to the last article of all: for each of the words the number "
    "and the share of all articles in thousandths, and the number of all.": (
        "用 --by 或 --compare 则列表，从最早的文章到最晚的文章：各词的篇数、占全部文章的千分比，以及全部篇数。"
    ),
    "three words by year, with their shares": "三个词按年比较，附比例",
    # serve, mcp
    "Offer the archive to a language model: the Model Context Protocol on standard input and output.": (
        "把档案提供给语言模型：在标准输入输出上使用 Model Context Protocol。"
    ),
    "Its tools are search, get_article, kwic, trend, suggest and why_not; nothing is ever written. It ends with its "
    "input. See also: search help mcp.": (
        "工具有 search、get_article、kwic、trend、suggest、why_not，只读不写。输入结束即结束。另见：search help mcp。"
    ),
    "For one search; 20.": "每次检索至多几秒；默认 20。",
    "the command to name in a program that speaks MCP": "在支持 MCP 的程序里填写的命令",
    "for a large archive on a slow disk": "档案很大、磁盘较慢时",
    "Offer the archive to a language model (MCP)": "把档案提供给语言模型（MCP）",
    "Serve the archive to a browser, and to programs over HTTP; nothing is ever written.": (
        "在浏览器里检索档案，并供程序经 HTTP 使用；只读不写。"
    ),
    "It has no accounts: whoever reaches it reads everything. It is for this machine unless --host says "
    "otherwise; then put a reverse proxy in front of it. Articles that search index adds meanwhile are found within a "
    "second. See also: search help web, search help http-api.": (
        "没有账户：能连上的人都能读到全部内容。除非用 --host 另设，只供本机使用；对外时请在前面放一个反向代理。"
        "search index 同时新增的文章一秒内即可查到。另见：search help web、search help http-api。"
    ),
    "The port; 8420, 0 for any that is free.": "端口；默认 8420，0 为任一空闲端口。",
    "Where to listen; 127.0.0.1, this machine only.": "监听的地址；默认 127.0.0.1，只供本机。",
    "Open it in the browser.": "在浏览器中打开。",
    "A name under which it is reached besides localhost; repeatable.": "除 localhost 外，访问时所用的主机名；可重复。",
    "Its address for others, for links in feeds and citations.": "对外的网址，用于订阅和引用中的链接。",
    "A folder of the indexed pages, to show them beside their articles; repeatable.": (
        "已索引版面所在的文件夹，用来在文章旁显示版面；可重复。"
    ),
    "A site whose scripts may ask the interface; repeatable.": "其脚本可以使用接口的网站；可重复。",
    "For one search; 5.": "每次检索至多几秒；默认 5。",
    "The archive's name; else that of the folder.": "档案的名称；未给则用文件夹名。",
    "A field to filter by; repeatable.": "可供筛选的字段；可重复。",
    "this archive in the browser of this machine": "在本机的浏览器里打开这份档案",
    "with the pages beside their articles": "文章旁显示版面",
    "for others, behind a reverse proxy that knows who may come in": "供他人使用，前面有一个管理访问的反向代理",
    # words, kwic, like, trend
    "Propose words that the articles have and the dictionary has not, the best first.": (
        "列出文章里有而词典里没有的词，最像词的在前。"
    ),
    "Each line is a word and, as a remark, how often it stands: as it is, it is fit for words.txt in the "
    "index's folder. With --of QUERY, the words that tell what the query finds from all other articles: in how "
    "many of the best thousand, in how many of all, and the log-likelihood of that.": (
        "每行一个词，注明出现次数，可以原样放进索引文件夹的 words.txt。用 --of 检索式，则列出最能区别其结果的词："
        "前一千篇中有几篇含它、全部文章中有几篇，以及对数似然值。"
    ),
    "At most so many; 100.": "最多几个；默认 100。",
    "Only new words that stand so often; 5.": "至少出现几次的新词；默认 5。",
    "The most telling words of what a query finds instead.": "改为列出某检索式结果中最有区别力的词。",
    "the hundred best, with how often each stands": "最好的一百个和出现次数",
    "twenty of them as words of your own (look through them first)": "取二十个作自定义词（请先过目）",
    "what the articles on 乡村振兴 have that others have not": "讲“乡村振兴”的文章特有的词",
    "Show every place of the words with what stands around it, aligned; the best articles come first.": (
        "逐处列出关键词和上下文，关键词对齐；最相关的文章在前。"
    ),
    "On a terminal each line says where it is from, the last line how many places there are, and search show @3 "
    "opens the article of the third line.": (
        "在终端上每行注明出处，末行报总处数；search show @3 打开第三行所在的文章。"
    ),
    "Order of the lines: by date, or by what precedes or follows the word.": "各行的顺序：按日期，或按关键词前、后的文字。",
    "ordered by what follows the word": "按关键词后面的文字排序",
    "With --collocates a table of the words near it: how often, how often before and behind, how often in all "
    "articles, and the measure, by which they are ordered.": (
        "用 --collocates 则列出其附近的词：次数、在前和在后的次数、在全部文章中的次数，以及排序所依的度量值。"
    ),
    "Lines to show; 50.": "显示多少行；默认 50。",
    "Show the words near it instead.": "改为列出附近的词。",
    "With --collocates: so many words before and behind, within the sentence; 5.": (
        "配合 --collocates：同一句内前后各几个词；默认 5。"
    ),
    "With --collocates: how sure it is that this is no chance, the default, or how exclusive it is.": (
        "配合 --collocates：有多大把握不是偶然（默认），或搭配有多专一。"
    ),
    "each place on a line, the word in one column": "每处一行，关键词对齐",
    "all of them, from 2024 on": "2024 年以来的全部",
    "the words that stand near it more often than by chance": "比偶然更常出现在附近的词",
    "Find the articles most like one: those that share the words that tell it from others.": (
        "找最相似的文章：与它共有其特征词的。"
    ),
    "ten articles about the same": "讲同一件事的十篇",
    "three, for a program": "三篇，供程序用",
    "Count the articles of each month that have the words, months without any included.": (
        "统计每月含这些词的篇数，没有的月份也列出。"
    ),
    "Draw a bar for each month into FILE.svg or FILE.png.": "每月一柱，画成 FILE.svg 或 FILE.png。",
    "articles a month; on a terminal with a line of bars": "每月篇数；在终端上另有一行柱形",
    "as a picture": "画成图",
    # doctor, eval, export, completion, help
    "Check the installation and the index, a line for each check; exit 2 when something is wrong.": (
        "检查安装和索引，每项一行；有问题时退出码为 2。"
    ),
    "Read the whole index and verify every checksum.": "通读索引，核对全部校验和。",
    "versions, and the nearest index": "版本和最近的索引",
    "another index": "另一个索引",
    "read every byte of it and verify all checksums": "读遍每个字节，核对全部校验和",
    "Measure ranking and speed on a test collection, in an index made for it and thrown away.": (
        "用测试集评测排序和速度；所建索引用后即弃。"
    ),
    "DIR holds docs.jsonl (articles with an id), queries.jsonl (id, text) and qrels.tsv (query, document, "
    "grade); for --run qrels.tsv is enough. Queries are asked as they are typed, in the default mode unless "
    "--match says otherwise. The figures are means over all queries that have a relevant document, from 0 to "
    "1; a query that a run does not answer counts 0. --compare gives p of a paired randomisation test (100,000 exchanges, seeded).": (
        "DIR 里有 docs.jsonl（带编号的文章）、queries.jsonl（id、text）和 qrels.tsv（检索号、文档、等级）；"
        "用 --run 时只需 qrels.tsv。检索式照原样、按默认方式提问，可用 --match 另选。各数值为有相关文档的检索的平均，0 到 1；"
        "没有作答的检索计 0。--compare 给出配对随机化检验的 p（交换 100,000 次，种子固定）。"
    ),
    "Only the first N queries.": "只用前 N 个检索。",
    "Ask in this mode: auto, the default of a search, or as plain text.": (
        "提问的方式：auto 是检索的默认方式；any 当作普通文字。"
    ),
    "Index without headlines, where they are the queries.": "检索式就是标题时，不把标题编入索引。",
    "ndcg, mrr, map, p, recall or hit at K ranks, as ndcg@20; can be given several times.": (
        "ndcg、mrr、map、p、recall 或 hit 取前 K 名，如 ndcg@20；可重复。"
    ),
    "Show each query's figures, the worst first.": "列出每个检索的数值，最差的在前。",
    "Measure a TREC run; nothing is indexed.": "评测现成的 TREC run，不建索引。",
    "Write what was found as a TREC run.": "把结果写成 TREC run。",
    "Compare with a TREC run: is the difference more than chance?": "与另一 TREC run 比较：差别是否超出偶然？",
    "all queries of the collection": "测试集的全部检索",
    "headlines as queries, the first 200": "以标题作检索式，前 200 个",
    "keep the rankings, as TREC writes them": "按 TREC 格式保存名次",
    "two kept rankings, and whether they differ": "比较两份保存的名次",
    "Write every article with all its fields, a JSON object a line.": "导出全部文章和所有字段，每行一个 JSON 对象。",
    "a copy that `search index articles.jsonl -i copy.idx` reads back": (
        "副本，可用 `search index articles.jsonl -i copy.idx` 读回"
    ),
    "all headlines": "全部标题",
    "Print the script that completes verbs, options, their values and fields at the press of the tab key.": (
        "输出补全脚本：按 Tab 键补全命令、选项及其值和字段。"
    ),
    "The script asks with the words behind --, and gets for each candidate a line of its kind, its text and "
    "its help.": "脚本把已输入的词放在 -- 之后来问，每个候选得一行：类别、文字、说明。",
    "for bash, from the next shell on": "用于 bash，下次打开时生效",
    "for zsh, below the line with compinit": "用于 zsh，放在 compinit 那行之后",
    "for fish": "用于 fish",
    "Show the help of the command or of a verb, or a guide.": "显示本命令或某个子命令的帮助，或一篇指南。",
    "everything that search itself can do, and the list of guides": "search 本身的全部用法和指南目录",
    "the guide to the query language": "检索式指南",
    "the same as: search index --help": "同 search index --help",
}
