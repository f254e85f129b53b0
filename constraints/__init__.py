"""One rule, one file. ``RULES`` is the list; a rule that is not in it does not exist."""

from constraints.max_in_a_row import MaxInARow
from constraints.one_duty import OneDuty
from constraints.requirement import Requirement
from constraints.staffing import Staffing

RULES = (OneDuty, Requirement, Staffing, MaxInARow)
