"""Days as people write them: in names of files and folders, headings, labels and fields.

One table of forms; the first that a text has counts. A range of days is filed under its last, a
week under its Sunday. Of `03/04/2026` nobody knows the order: it is read as in America, unless one
of the two can be no month, and `is_ambiguous` says so.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv januar jänner enero ene janeiro gennaio",
            "february feb février févr fév februar febrero fevereiro febbraio",
            "march mar mars märz mär marzo março",
            "april apr avril avr abril abr aprile",
            "may mai mayo maio maggio",
            "june jun juin juni junio junho giugno",
            "july jul juillet juil juli julio julho luglio",
            "august aug août aout agosto ago",
            "september sep sept septembre septiembre setembro settembre",
            "october oct octobre oktober okt octubre outubro ottobre out",
            "november nov novembre noviembre novembro",
            "december dec décembre déc dezember dez diciembre dic dezembro dicembre",
        ),
        1,
    )
    for name in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_Y = r"(?<!\d)(?P<y>(?:19|20)\d\d)"
_TO = r"\s*(?:-|–|—|~|to|until|至|から|〜|～|bis|au)\s*"
_TH = r"(?:st|nd|rd|th)?"
_WEEK = r"W(?:eek|oche|K)?|semaine|semana|CW|KW"
_GAP = r"[-_ ,./]{1,3}"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2021-12-19, 20211219, 2021_1219
        rf"{_Y}(?:[-_./ ]?)(?P<m>0[1-9]|1[0-2])[-_./ ]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        # 2026-6-1, 2026/6/21
        rf"{_Y}(?P<gap>[-_./])(?P<m>0?[1-9]|1[0-2])(?P=gap)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)",
        # 2026年6月21日, 2026년 6월 21일
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日号號일]?",
        # June 17 - June 23, 2026; Jun 15–21, 2026; June 21st, 2026
        rf"(?<![^\W\d_])(?:(?:{_NAME})[a-z]*\.?\s*\d{{1,2}}{_TH}{_TO})?(?P<m>{_NAME})\.?{_GAP}(?:\d{{1,2}}{_TH}{_TO})?(?P<d>\d{{1,2}}){_TH}\)?(?:{_GAP}|\s*[-–—]\s*)(?P<y>(?:19|20)\d\d)(?!\d)",
        # 21-Jun-2026, 15 - 21 June 2026, 21. Juni 2026, 21 de junio de 2026
        rf"(?<!\d)(?:\d{{1,2}}\.?{_TO})?(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:{_GAP}|\s+(?:de|of)\s+)(?P<m>{_NAME})\.?(?:{_GAP}|\s+de(?:l)?\s+)(?P<y>(?:19|20)\d\d)(?!\d)",
        # 2026-Jun-21, 2026 June 21
        rf"{_Y}{_GAP}(?P<m>{_NAME})\.?{_GAP}(?P<d>\d{{1,2}})(?!\d)",
        # 21.06.2026, 21/06/2026, 06/21/2026, 21-06-2026
        r"(?<!\d)(?P<a>\d{1,2})(?P<gap>[./_-])(?P<b>\d{1,2})(?P=gap)(?P<y>(?:19|20)\d\d)(?!\d)",
        # 2026-W12, week-12-2026, 2026 week 12, 第12周
        rf"{_Y}[-_ ./]*(?:{_WEEK}|第)[-_ ]*(?P<w>\d{{1,2}})(?!\d)(?:-(?P<wd>[1-7])(?!\d))?",
        rf"(?<![^\W\d_])(?:{_WEEK})[-_ ]*(?P<w>\d{{1,2}})[-_ ,./of]+{_Y}(?!\d)",
    )
)
_SINGLE_FIRST = _FORMS[0]
_MONTH = re.compile(
    rf"{_Y}\s*(?:[-_./]|年|년)\s*(?P<m>0?[1-9]|1[0-2])\s*(?:月|월)?(?![\d-])|"
    rf"(?<![^\W\d_])(?P<name>{_NAME})\.?{_GAP}(?P<y2>(?:19|20)\d\d)(?!\d)|"
    rf"(?<!\d)(?P<y3>(?:19|20)\d\d)[ -](?P<name3>{_NAME})(?![^\W\d_])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?<!\d)(?P<y>\d\d)(?P<gap>[-_.]?)(?P<m>0[1-9]|1[0-2])(?P=gap)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)(\d\d)(?!\d)")
_EPOCH = re.compile(r"(?P<seconds>1\d{9}|[89]\d{8})(?P<milli>\d{3})?(?:\.\d+)?\Z")
_MOST_MONTHS = 12
_LONGEST = 400


def day(value: object) -> str | None:
    """Return the first day that a text names, `2021-12-19`; None where it names none."""
    if not isinstance(value, str):
        return None
    return next(_days(value[:_LONGEST]), None)


def month(value: object) -> str | None:
    """Return the month that a text names, `2021-12`, if it names no day; None for others."""
    if not isinstance(value, str) or day(value):
        return None
    match = _MONTH.search(value[:_LONGEST])
    if match is None:
        return None
    named = match["name"] or match["name3"]
    number = _MONTHS[named.lower()] if named else int(match["m"])
    return f"{match['y'] or match['y2'] or match['y3']}-{number:02}"


def is_ambiguous(value: str) -> bool:
    """Tell whether a text names a day whose month may as well be its day: `03/04/2026`."""
    if any(form.search(value) for form in _FORMS[:6]):
        return False
    match = _FORMS[6].search(value)
    if match is None or match["gap"] == "." or match["a"] == match["b"]:
        return False
    return max(int(match["a"]), int(match["b"])) <= _MOST_MONTHS


def of_epoch(value: object) -> str | None:
    """Return the time that seconds or milliseconds since 1970 stand for; None for others.

    `2025-11-19T00:00:00Z`, for numbers from 1995 on.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    match = _EPOCH.match(str(int(value) if isinstance(value, float) else value).strip())
    if match is None:
        return None
    moment = datetime.fromtimestamp(int(match["seconds"]), UTC)
    return f"{moment.replace(tzinfo=None).isoformat()}Z"


def of_path(source: str) -> str | None:
    """Return the day that a file's path names: in its name, or in the folders that hold it.

    A range of days, `20260308-20260317`, is filed under its last. None where it names none.
    """
    *folders, name = source.split("/")
    stem = name.rpartition(".")[0] or name
    nearest = folders[:-3:-1]
    joined = (
        "/".join([*folders[-2:], ""]),
        "/".join(folders[-3:]),
        "/".join([*folders[-2:], stem]),
        "/".join([*folders[-1:], stem]),
    )
    for part in (stem, *nearest, *joined):
        days = [date for m in _SINGLE_FIRST.finditer(part.replace("/", "-")) if (date := _read(m))]
        if days:
            return max(days)
        if other := next(_days(part.replace("/", "-")), None):
            return other
    return _of_short(stem, folders)


def _of_short(stem: str, folders: list[str]) -> str | None:
    """Return the day of `210619 Title.md` in a folder that names its year."""
    match = _SHORT.match(stem)
    if match is None:
        return None
    years = {year[1] for folder in folders for year in _YEAR.finditer(folder)}
    if match["y"] not in years:
        return None
    return _date(2000 + int(match["y"]), int(match["m"]), int(match["d"]))


def _days(text: str) -> Iterator[str]:
    for form in _FORMS:
        for match in form.finditer(text):
            if iso := _read(match):
                yield iso


def _read(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if week := parts.get("w"):
        try:
            week_day = date.fromisocalendar(year, int(week), int(parts.get("wd") or 7))
        except ValueError:
            return None
        return week_day.isoformat()
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        american = parts["gap"] in "/-_" and first <= _MOST_MONTHS
        return _date(year, first, second) if american else _date(year, second, first)
    named = parts["m"].lower()
    return _date(year, _MONTHS[named] if named in _MONTHS else int(named), int(parts["d"]))


def _date(year: int, number: int, day_: int) -> str | None:
    try:
        return date(year, number, day_).isoformat()
    except ValueError:
        return None
