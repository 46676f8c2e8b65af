"""What a release is made of, and whether anything is known against it: `make sbom`, `make audit`."""
