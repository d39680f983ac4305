"""
Nothing was found: was a word written wrongly?

`corrections` says what a slip is, by which characters sound or look alike, and how likely; `row_lookup`
knows what the index holds of a text, `edits` finds what one slip away from it is there; `romanized`
reads pinyin typed as Latin; `suggesting` puts a query together again. Every suggestion is in some
article. Nothing here is loaded by a query that finds what it says.
"""
