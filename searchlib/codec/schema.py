"""
The names of an index's fields.

For each text field of an article there are two: its words under its own name
(`body`), and its characters and their pairs as `body_grams`. `characters` stands
for the characters of all text fields with their positions, a gap at every
border. `stored_values` holds every stored value as `key=value`, for filters and
facets.
"""

GRAMS = "_grams"
CHARACTERS = "characters"
STORED_VALUES = "stored_values"
ARTICLE = "article"
DATE = "date"
FILE = "file"
ID = "id"
VALUE_SEPARATOR = "="
