"""What anybody may take away: searches as files, FHIR, and the nightly dumps."""
