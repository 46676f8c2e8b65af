"""The hostile database: filled once for all tests of a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.hostile import world


@pytest.fixture(scope="module")
def hostile(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Rolled back at the end; what one test changes is rolled back at its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.fill(tmp_path_factory.mktemp("hostile"))
        yield
        transaction.set_rollback(True)
