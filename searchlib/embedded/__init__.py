"""
The embedded engine: an index in one folder, kept as arrays, and all that knows postings and segments.

`backend` answers the contract (`searchlib.engine`), `responding` what it is asked
with a query that was read, `folder_stats` its figures; `codec` has the files of a segment,
`store` commits, locks and the snapshot, `search` matching and ranking, `suggest`
completions and did-you-mean. Not for query text, pages or articles' files.
"""
