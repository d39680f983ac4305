"""
Nothing was found: was a word written wrongly?

`sounds` and `shapes` know which characters are taken for which, from two tables
made of the Unihan database; `edits` finds what one slip away from a text stands
in the index; `romanized` reads pinyin typed as Latin; `suggesting` puts a query
together again. Every suggestion stands in some article. Nothing here is loaded by a
query that finds what it says.
"""
