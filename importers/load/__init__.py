"""Rows and events from parsed and classified records."""
