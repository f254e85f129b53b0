"""One rule, one file. ``RULES`` is the list; a rule that is not in it does not exist."""

from constraints.apart import Apart
from constraints.at_most_in_any import AtMostInAny
from constraints.away_at_once import AwayAtOnce
from constraints.before import Before
from constraints.evenness import Evenness
from constraints.experienced_peer import ExperiencedPeer
from constraints.few_changes import FewChanges
from constraints.few_switches import FewSwitches
from constraints.followed_by import FollowedBy
from constraints.forbidden import Forbidden
from constraints.leave_inside import LeaveInside
from constraints.max_in_a_row import MaxInARow
from constraints.min_in_a_row import MinInARow
from constraints.never_after import NeverAfter
from constraints.one_duty import OneDuty
from constraints.one_run import OneRun
from constraints.pinned import Pinned
from constraints.ranked_requests import RankedRequests
from constraints.requirement import Requirement
from constraints.run_length import RunLength
from constraints.spacing import Spacing
from constraints.staffing import Staffing
from constraints.starts_on_blocks import StartsOnBlocks
from constraints.together import Together
from constraints.who_may import WhoMay

RULES = (
    OneDuty, Requirement, Staffing, WhoMay, MaxInARow, MinInARow, RunLength, OneRun, StartsOnBlocks, Spacing,
    AtMostInAny, Before, NeverAfter, FollowedBy, Together, Apart, ExperiencedPeer, AwayAtOnce, LeaveInside, Pinned,
    Forbidden, RankedRequests, Evenness, FewSwitches, FewChanges,
)
