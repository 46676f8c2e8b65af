"""Stand-in registries: for trying imports by hand (`manage.py fake_registry`), and for tests."""
