"""One import from start to end: collect, read, publish."""
