"""
Here are articles: how do their words become postings in arrays, and how are these read?

One segment is one file of named sections (`sections` has its layout, byte by
byte); `terms`, `postings` and `articles` each know their own sections, `fields`
writes one field, `building` makes a segment of articles, `merging` one of
several, `segment` reads one. `whoosh_codec` shows all this to Whoosh, whose own
queries work on it. Not for commits or locks (`store`), nor for scores
(`ranking`).
"""
