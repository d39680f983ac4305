"""
How well does an article answer a query? The formulas, from texts and global figures alone.

`plan` says what a tree is scored by, `bm25f` what a term brings, `passages` and `rescoring` what
the best passage adds, `text_scores` scores an article of which only the text is at hand. No postings
here: every engine ranks by these, whatever it keeps. `passages` alone works on arrays (numpy):
it reads fifty texts a query.
"""
