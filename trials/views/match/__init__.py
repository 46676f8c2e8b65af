"""Answer a few questions once, and see for all open trials what is stated against it and what to ask."""
