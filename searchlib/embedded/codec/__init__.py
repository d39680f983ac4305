"""
Here are articles: how do their words become postings in arrays, and how are these read?

`building` makes a segment of articles, which `parts` makes an `analyzed_batch` of, long ones by
`text_slices`; `merging` makes one of several, where the kernel is by `kernel_merging`; `segment`
reads one, the room `whoosh_index` shows it to Whoosh. Not for commits or locks (`store`), nor for
scores (`search`). A segment is one file, and this is every byte of it.

**Frame** (`sections`). `SLIBSEG` and a byte with the version, 6 (5 has other articles, see `deflated`,
and pages of 4096 bytes; 4 no `page_checks` either, 3 no `headlines`); sections, each from a multiple
of 8 on, after zeros; a directory in JSON,
`{"file": its name, "sections": {name: [offset, bytes, crc32, dtype]}}`; its u64
offset, u64 bytes and u32 crc32; `SLIBEND` and the version. All numbers are little-endian. Arrays are
used where they are in the memory map: opening reads the directory, a query the
pages of its terms, each of which the kernel verifies when it first reads it. The
arrays verify the whole sections of a query's fields, once. Documents are numbered
from 0 to 65 535, because two bytes hold that; so are the bits of a byte, from its lowest.

**Whole segment.**
    dates           u32    of each document YYYYMMDD, 0 where it is not known in full
    ids             u32    number of its term in the field `id`
    headlines       u32    crc32 of its headline, folded, without spaces and marks, in UTF-8
    lengths/FIELD   u8…u32 its words in a text field, as wide as the greatest needs
    page_checks     u32    crc32 of each 256 bytes of the file, from its first byte to this section

**Fields.** `id`, `file`, `date` and `stored_values` stand for themselves. A query
asks for a word in any field, so the words of all text fields are one field,
`text`, and their characters and pairs another, `text_grams`; what would be the
frequency of a posting is its kind there (`kinds`), the place, from 1 on, of a row
that says how often each text field holds the term. The most frequent come first.
    FIELD/kinds      u8…   the rows, a number for each text field that has any
    FIELD/columns    bytes the names of these text fields, a line feed after each

**Terms**, a field each (`term_dict`, `term_writer`). Short are terms of one or two characters and of
three Han; they come first, in their order, the others in theirs. A pair costs two
bytes and is found by bisecting integers, whose range its first character gives.
    FIELD/alphabet   u32   code points of all characters in short terms, ascending
    FIELD/groups     u32   for each of the alphabet and the end: its first short term
    FIELD/rest       u16…  rank in the alphabet, plus one, of the second character
                           (0: none), times 2^third_bits, plus that of the third
    FIELD/strings    bytes of each longer term: one that says how many (0 to 31) it has
                           from the term before, its other UTF-8, 255
    FIELD/blocks_at  u32   where in `strings` each 16th begins, which is written whole
    FIELD/shape      u32×2 third_bits (0: no term of three), number of longer terms

**Postings**, a field each (`postings`). Most terms are in a few documents, most
postings belong to a few terms, so there are two kinds of list: short ones, of
fewer than 128 documents and no frequency above 17, whose length in bytes follows
from their size, so that a byte a term and one entry in 64 terms find them; and
long ones with an entry each.
    FIELD/sizes          u8    documents of each term, 0 for a long list
    FIELD/universe       u32   document numbers are below this, a multiple of 256
    FIELD/short_docs     bytes documents, list after list, as below
    FIELD/short_repeats  bits  of each posting: is the frequency above 1?
    FIELD/short_counts   ½ u8  those frequencies less 2, the first in the low half
    FIELD/blocks         u32×3 at each 64th term: byte in short_docs, bit in
                               short_repeats, half in short_counts
    FIELD/long_terms     u32   terms with long lists, ascending
    FIELD/long_starts    u32×4 of each and of the end: posting, byte in long_docs, half
                               in long_halves, byte in long_bytes
    FIELD/long_docs      bytes documents, list after list
    FIELD/long_counts    ¼ u8  a frequency of 1 to 3; 0: a greater one, which is in
    FIELD/long_halves    ½ u8  less 4; 15: one of 19 or more, which is in
    FIELD/long_bytes     u8    less 19; 255 when that is not enough:
    FIELD/huge_at, huge  u32   such places in long_bytes, and the frequencies there

Of a text field's lists of 256 documents and more the best 16 postings are apart as well
(`best_postings`), so that a query for the first ten need not read the others.
    FIELD/best_terms     u32   terms that have such a list, ascending
    FIELD/best           bytes of each list 16 postings, the best first: document in two bytes, what
                               it brings at most, in 255ths, rounded up, and frequency in two (65 535:
                               that or a greater one)
    FIELD/best_scale     f64×2 of each column the weight and the mean length that this is computed with

**A list** of n documents below u (`lists`) has the fewest bytes of these, or 2n if
they are no more than 1.4 times as many. So its length is never stored, and a few
numpy calls decode it at once.
    plain    2n                            u16 each
    split 4  ⌈n/2⌉ + ⌈(n + (u-1)÷16)/8⌉    the low 4 bits of each, two to a byte; then a
                                           bit set at i + (number ÷ 16) for the i-th
    split 8  n + ⌈(n + (u-1)÷256)/8⌉       the same with the low 8 bits, a byte each
    bitmap   u/8                           a bit set for each

**Articles** (`article_store`), JSON, in blocks of 1 KiB or one article: ten hits read ten blocks. An
article is a row of u16, its codes (`symbols`): one below the number of symbols stands for that
symbol, one of 65 519 or more for plane 0 to 16, the code behind it for the character of that
plane; any other for the character with its number.
    articles/blocks      bytes articles, block after block
    articles/offsets     u64   where each block begins, and the last ends
    articles/checks      u32   its crc32, verified whenever it is read
    articles/firsts      u32   its first document
    articles/starts      u16   the byte where each document begins in its block
    articles/symbols     u64   one to four characters of plane 0 each, the first in the
                               lowest 16 bits; zeros follow
"""
