"""One case for all tests of publishing: solved once."""

import pytest

from tests.publish.killing import Case


@pytest.fixture(scope="session")
def case(tmp_path_factory) -> Case:
    return Case.made(tmp_path_factory.mktemp("publishing"))
