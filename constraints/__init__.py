"""One rule, one file. ``RULES`` is the list; a rule that is not in it does not exist."""

from constraints.apart import Apart
from constraints.at_most_in_any import AtMostInAny
from constraints.attendance import Attendance
from constraints.away_at_once import AwayAtOnce
from constraints.before import Before
from constraints.by_the_week import ByTheWeek
from constraints.days_apart import DaysApart
from constraints.days_of_leave import DaysOfLeave
from constraints.evenness import Evenness
from constraints.experienced_peer import ExperiencedPeer
from constraints.few_changes import FewChanges
from constraints.few_gaps import FewGaps
from constraints.few_site_changes import FewSiteChanges
from constraints.few_switches import FewSwitches
from constraints.followed_by import FollowedBy
from constraints.forbidden import Forbidden
from constraints.free_after_call import FreeAfterCall
from constraints.free_before_leave import FreeBeforeLeave
from constraints.free_to_present import FreeToPresent
from constraints.leave_inside import LeaveInside
from constraints.max_in_a_row import MaxInARow
from constraints.min_in_a_row import MinInARow
from constraints.most_per import MostPer
from constraints.never_after import NeverAfter
from constraints.one_at_a_time import OneAtATime
from constraints.one_duty import OneDuty
from constraints.one_run import OneRun
from constraints.pinned import Pinned
from constraints.ranked_requests import RankedRequests
from constraints.rated_rotations import RatedRotations
from constraints.requirement import Requirement
from constraints.run_length import RunLength
from constraints.same_half_days import SameHalfDays
from constraints.spacing import Spacing
from constraints.staffing import Staffing
from constraints.starts_on_blocks import StartsOnBlocks
from constraints.taken_from import TakenFrom
from constraints.together import Together
from constraints.topics_in_time import TopicsInTime
from constraints.travel import Travel
from constraints.who_may import WhoMay
from constraints.whole_days import WholeDays
from constraints.worst_off import WorstOff

RULES = (
    OneDuty, Requirement, Staffing, WhoMay, MaxInARow, MinInARow, RunLength, OneRun, StartsOnBlocks, Spacing,
    AtMostInAny, Before, NeverAfter, FollowedBy, Together, Apart, ExperiencedPeer, AwayAtOnce, LeaveInside, Pinned,
    Forbidden, TakenFrom, OneAtATime, WholeDays, MostPer, DaysOfLeave, Travel, ByTheWeek, FreeBeforeLeave,
    FreeAfterCall, FreeToPresent, DaysApart, Attendance, RankedRequests, Evenness, FewSwitches, FewSiteChanges,
    FewGaps, RatedRotations, WorstOff, SameHalfDays, TopicsInTime, FewChanges,
)
