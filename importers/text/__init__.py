"""Text and JSON as registries send them, made storable."""
