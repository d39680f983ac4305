"""
How fast, how small, how lean is searchlib beside other engines on the same articles and queries?

`python tests/benchmarks/benchmark.py DOCS.jsonl` answers with a table, and on
request with JSON and a chart. It is not for the quality of the ranking: that
is `search eval`.

benchmark.py   the command
records.py     what is indexed: the same numbered records for every engine
workload.py    what is asked: drawn with a seed from the articles themselves
cutting.py     text -> words and pairs, for the engines that need them cut
engines/       one engine a file, behind one Protocol
processes.py   a process of its own for each measurement
worker.py      what runs in it
cold.py        the same for a peer's cold start
rounds.py      every engine in turn, several rounds, medians
tables.py      figures -> tables in Markdown
chart.py       figures -> SVG
growing.py     `--grow`: time, size and memory as the articles grow
same_words.py  `--words`: do all that cut words cut the same?
substrings.py  `--substrings`: are random substrings found exactly?
increments.py  `--increments`: the same answers, however the articles came?
"""
