"""Mayo's program and its solved year, for the tests that look at them from several sides."""

import pytest

from tests.examples.solved import program, result


@pytest.fixture(scope="module")
def mayo():
    return program("mayo")


@pytest.fixture(scope="module")
def year():
    return result("mayo")
