"""
Here is a query tree and a commit: which articles match, and which comes first?

There are three ways to an answer. `plain` gives a query of plain words to the kernel as it was
typed. A tree that the kernel covers becomes a plan (`plans`), and `compiled` asks the kernel for the
first documents; what both give it of a commit is made in `kernel`. All else goes by arrays:
`candidates` and `matching` find the articles, by characters alone; `query_postings` reads their words
and pairs, `scoring` adds up what these bring (`synthetic_scores` what the index knows only in parts,
`topk` the first of many) and takes a score apart; `passage_rescorer` looks into the texts of the
first. `ranking` puts filters (`where`), order and facets around each way. Not for the formulas
(`searchlib.scoring`), for reading files or showing hits.
"""
