"""The same questions on Ray: a local one of two workers. Runs where Ray is installed (it is among the dev extras)."""

import numpy as np
import pytest

from scheduler.domain.board import Model
from scheduler.solve.driver import solve
from scheduler.solve.engine import Ray, work_on
from scheduler.solve.form import form_of
from scheduler.solve.settings import Settings
from scheduler.solve.submodel import Question
from tests.sample import sample_program

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module", autouse=True)
def _two_workers():
    """One Ray for all tests here, ended with them."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield
    ray.shutdown()


def test_ray_answers_what_this_process_answers():
    model = Model()
    a, b, c = model.variable(), model.variable(), model.variable(0, 3)
    form = form_of(model, [(a + b, 1, 1), (c - a * 2, 0, None)])
    jobs = [Question(form, np.array(cost), seed=seed) for seed, cost in enumerate([[0, 3, 1], [5, 1, 1], [0, 0, -1]])]
    engine = Ray(2)
    assert engine.size == 2
    for ticket, job in enumerate(jobs):
        engine.submit(ticket, job)
    found = dict(engine.next() for _ in jobs)
    for ticket, job in enumerate(jobs):
        expected = work_on(job)
        assert (found[ticket].status, found[ticket].bound) == (expected.status, expected.bound)
        assert np.array_equal(found[ticket].values, expected.values)
    engine.submit(7, jobs[0])
    engine.close()


def test_a_year_solved_on_ray_is_proven_the_same():
    program = sample_program()
    outcome = solve([program.layer()], program.rules, program.priorities, Settings(large=0, workers=2, engine="ray"))
    expected = solve([program.layer()], program.rules, program.priorities)
    assert outcome.status == "optimal"
    assert [(t.name, t.value, t.bound) for t in outcome.tiers] == [(t.name, t.value, t.bound) for t in expected.tiers]
