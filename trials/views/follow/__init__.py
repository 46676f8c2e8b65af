"""Pages to follow a search, a trial or a hospital by e-mail. Nothing of a request is logged."""
