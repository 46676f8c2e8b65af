"""From words and filters to trials."""
