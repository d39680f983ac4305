"""
An index in memory: the contract of an engine kept by brute force, article by article.

`searchlib.open("memory://")` opens an empty one. It is for tests, for examples, and to read before
another engine is written: `memory_commit` holds the articles of a commit and counts them,
`brute_force` answers requests, `in_memory` is the contract. Every question looks at every
article: some thousands of them are as many as it is made for. It suggests no
other spelling, and makes no backup.
"""
