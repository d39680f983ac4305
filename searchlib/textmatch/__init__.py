"""
Here are a text and a phrase, or an article and a query tree: does it match, and where?

`phrases` says what finds a phrase, `proximity` what is near something else, `article_match` whether an
article matches a tree, `missing` which words it lacks.

From texts alone: no postings are needed, so every engine can verify what its index only
suspects. Not for ranking (`scoring`).
"""
