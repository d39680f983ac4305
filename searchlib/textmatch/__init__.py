"""
Here are a text and a phrase, or an article and a query tree: does it match, and where?

From texts alone: no postings are needed, so every engine can verify what its index only
suspects. Not for ranking (`scoring`).
"""
