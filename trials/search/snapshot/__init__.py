"""All listed trials as bitmaps, made of PostgreSQL for each version of the data and shared by processes.

A trial is its position in the default order of the list; every value of every column that a search can ask
for is the bitmap of the positions that have it. Counting and paging are then a few unions and intersections,
and take the same time whatever they find. PostgreSQL stays the only truth: rows that are shown are read from
it, words that few trials hold are asked of it, and the file can be deleted at any time.
"""
