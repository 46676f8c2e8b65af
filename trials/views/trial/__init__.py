"""The page of one trial, and what can be taken away from it."""
