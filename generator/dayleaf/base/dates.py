"""Dates as readers see them: labels in English, the same on every machine."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

# Written out rather than taken from the locale, which differs between machines.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def weekday(iso: str) -> str:
    """`2021-12-19` gives `Sunday, 19 December 2021`."""
    value = date.fromisoformat(iso)
    return f"{WEEKDAYS[value.weekday()]}, {day(iso)}"


def day(iso: str) -> str:
    """`2021-12-19` gives `19 December 2021`."""
    return f"{int(iso[8:10])} {month(iso)}"


@lru_cache(maxsize=16384)
def month(iso: str) -> str:
    """`2021-12` gives `December 2021`."""
    return f"{MONTHS[int(iso[5:7]) - 1]} {iso[:4]}"


@lru_cache(maxsize=16384)
def short(iso: str) -> str:
    """`2021-12-19` gives `19 Dec`."""
    return f"{int(iso[8:10])} {MONTHS[int(iso[5:7]) - 1][:3]}"


@lru_cache(maxsize=16384)
def months(first: str, last: str) -> list[str]:
    """List the months from one to another, both included: `2021-12`, `2022-01`."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    every = (f"{year}-{month:02}" for year in years for month in range(1, 13))
    return [month for month in every if first <= month <= last]


def year_before(iso: str) -> str:
    """`2021-12-19` gives `2020-12-19`."""
    return f"{int(iso[:4]) - 1}{iso[4:]}"


def brief(iso: str) -> str:
    """`2021-12-19` gives `19 Dec 2021`."""
    return f"{short(iso)} {iso[:4]}"


def period(iso: str) -> str:
    """Label a year, a month or a day by the length of its ISO form."""
    return iso if len(iso) == 4 else month(iso) if len(iso) == 7 else day(iso)  # noqa: PLR2004
