"""Which pages exist, and what each one shows.

    kind.py      what a kind of page is
    registry.py  all kinds
    planner.py   the tasks of a build, and what each makes

Every other module is a kind of page, or what several of them share: `papers` (a paper as layouts
see it), `calendar` (days as calendars and charts), `periods` (a category by time).
"""

from dayleaf.site.pages import planner, registry
from dayleaf.site.pages.kind import Context, Kind

__all__ = ["Context", "Kind", "planner", "registry"]
