"""How often the database is asked where a test has written what a page shows."""

MADE = 3
"""Statements that make a snapshot (`trials.search.snapshot`), as a transaction that has written does."""
