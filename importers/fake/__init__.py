"""The server of stand-in registries (`registries/*/fake.py`), for `manage.py fake_registry` and tests."""
