"""The life of a run: its lease, its schedule, what guards and alerts watch."""
