"""Telling people by e-mail when a search, a trial or a hospital they follow changes."""
