"""What writing needs is read in beside the solver."""

import subprocess
import sys

from scheduler.export import ahead
from scheduler.export.pages import environment

CODE = """
import sys
from scheduler.export.ahead import make_ready
make_ready().join()
print(*sorted({"xlsxwriter", "jinja2", "icalendar", "ortools", "pandas"} & set(sys.modules)))
"""


def test_libraries_and_templates_are_there_and_the_solver_is_left_alone():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["icalendar", "jinja2", "xlsxwriter"]
    ahead.make_ready().join()
    compiled = {name for _, name in environment().cache}
    assert {"report.html", "details.html", "days.html"} <= compiled


def test_what_fails_there_is_left_to_whoever_writes(monkeypatch):
    monkeypatch.setattr(ahead, "MODULES", ("nothing",))
    ahead.make_ready().join()
