"""The whole catalogue as files, made anew each day and kept for a week."""
