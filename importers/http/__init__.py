"""Requests to registries, and every way in which they fail."""
