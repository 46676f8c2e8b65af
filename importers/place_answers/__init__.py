"""Places in India that the rules are unsure of: a person's answer (`answers`) is an alias for ever."""
