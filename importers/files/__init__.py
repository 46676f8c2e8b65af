"""Saved records: which files hold them, and how they are unpacked without harm."""
