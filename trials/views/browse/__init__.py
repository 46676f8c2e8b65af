"""Pages beside the search."""
