"""What the site stands while visitors are there: `make drill`, figures in docs/operations.md."""
