"""
Here is a query tree and a commit: which articles match, and which comes first?

`matching` finds the articles, by characters alone; `bm25f` scores them, by
words and pairs of characters; `synthetic_scores` counts what the index knows only in
parts; `relaxing` finds the closest when none has every word; `scoring` adds the
parts up or takes a score apart; `ranking` puts filters, order and facets around
it. Not for reading files or showing hits.
"""
