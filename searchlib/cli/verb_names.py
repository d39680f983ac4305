"""
The verbs, and when no verb and no option is meant: read without click, whose import takes 20 ms.

Words are a question, and most calls are nothing else; everything more is
`routing`'s.
"""

from __future__ import annotations

from searchlib.lazy import lazy_pattern

VERBS = {
    "query": ("search", "Search, where the first word is no verb: search query index"),
    "index": ("index", "Create or update ./.search from files and folders"),
    "show": ("show", "Print whole articles"),
    "split": ("split", "Show the articles of a file without indexing it"),
    "stats": ("stats", "Show what the index holds"),
    "analyze": ("analyze", "Show how text is cut into words"),
    "explain": ("explain", "Show why an article has its score"),
    "why-not": ("why_not", "Say what an article lacks to be found, or what stands before it"),
    "suggest": ("suggest", "Complete the start of a word from the index"),
    "words": ("words", "Propose new words of the articles for words.txt"),
    "kwic": ("kwic", "Show every place with what stands around it, aligned"),
    "like": ("like", "Find articles like one"),
    "trend": ("trend", "Count articles by month"),
    "serve": ("serve", "Serve the archive to a browser and over HTTP"),
    "mcp": ("mcp", "Offer the archive to a language model (MCP)"),
    "doctor": ("doctor", "Check the installation and the index"),
    "eval": ("evaluate", "Measure ranking on a test collection"),
    "export": ("export", "Write every article as JSON, one a line"),
    "completion": ("completion", "Print the script for completion in bash, zsh or fish"),
    "help": ("help", "Show this help, that of a verb, or a guide"),
}
"""The verbs: their module in `verbs`, which names its command `command`, and their line of help."""

TAKES_VALUE = frozenset(
    {
        "--measure",
        "--run",
        "--write-run",
        "--min-count",
        "--map",
        "--field",
        "--window",
        "--of",
        "--plot",
        *("--cite", "--compare", "--by"),
        *("--port", "--host", "--allow-host", "--url", "--pages", "--cors", "--max-seconds", "--title"),
    }
)
"""Options of other verbs than search that are followed by a value, which is not the first word then."""

STDIN = "-"
"""The one word that is no question: the queries stand on standard input."""

_QUESTION = "query"
_INDEX = ("-i", "--index")
OPTION = lazy_pattern(r"--?[A-Za-z]|-0[A-Za-z]*$")


def plain_question(args: list[str]) -> tuple[list[str], str | None] | None:
    """
    Return the words to search for and the index named, when *args* hold nothing else.

    None is for click: another option, `--`, another verb than `query`, or no word at all.

    >>> plain_question(["党建", "-会议", "-i", "news.idx"])
    (['党建', '-会议'], 'news.idx')
    >>> plain_question(["stats"]), plain_question(["党建", "-n", "5"]), plain_question([])
    (None, None, None)
    """
    words: list[str] = []
    index = None
    rest = iter(args)
    for arg in rest:
        if arg in _INDEX:
            index = next(rest, None)
            if index is None:
                return None
        elif arg == "--" or OPTION.match(arg):
            return None
        else:
            words.append(arg)
    if words and words[0] == _QUESTION:
        words = words[1:]
    elif words and words[0] in VERBS:
        return None
    return (words, index) if words and words != [STDIN] else None
