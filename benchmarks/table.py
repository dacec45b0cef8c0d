"""The figures as tables, and as one JSON object. Pure: takes values, returns text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from benchmarks.binary import Binary
from benchmarks.floor import Floor
from benchmarks.memory import Peak
from benchmarks.run import Step


@dataclass(frozen=True, slots=True)
class Ratio:
    """A build over the least that it could cost."""

    seconds: float
    processor: float
    """The same in processor time, which other programs on the machine disturb less."""


@dataclass(frozen=True, slots=True)
class Result:
    """All that one run has measured."""

    machine: str
    content: str
    cold: Step
    """From nothing, without search."""
    floor: Floor
    """Of what `cold` has written."""
    search: Step | None
    """The index added to that site; None where it was left out."""
    binary: Binary | None
    later: tuple[Step, ...]
    """Changes to a built site, in order."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every build, in order."""
        return (self.cold, *((self.search,) if self.search else ()), *self.later)

    def ratios(self) -> dict[str, Ratio]:
        """Return what may be compared from machine to machine."""
        against: list[tuple[str, Step, Floor | Binary]] = [
            ("cold build without search / floor", self.cold, self.floor)
        ]
        if self.search and self.binary:
            against.append(("cold search / Pagefind's program", self.search, self.binary))
        against += [(f"{step.name} / floor", step, self.floor) for step in self.later]
        return {
            name: Ratio(step.seconds / least.seconds, step.processor / least.processor)
            for name, step, least in against
        }


def as_json(result: Result) -> str:
    """Return the figures as one JSON object."""
    return json.dumps(
        {
            **asdict(result),
            "ratios": {name: asdict(ratio) for name, ratio in result.ratios().items()},
        }
    )


def as_text(result: Result) -> str:
    """Return the figures as tables."""
    report = result.cold.report
    counts = f"{report['days']:,} days, {report['papers']:,} papers, {report['authors']:,} authors"
    parts = [
        f"{result.content}: {counts}",
        result.machine,
        "",
        *_steps(result),
        "",
        *_phases(result),
        "",
        *_bytes(result.steps[-1]),
        "",
        *_ratios(result),
    ]
    return "\n".join(parts)


def _steps(result: Result) -> list[str]:
    head = ("", "seconds", "processor", "parent MB", "worker MB", "Pagefind MB", "written", "gone")
    floor, binary = result.floor, result.binary
    rows: list[tuple[str, ...]] = [head]
    for step in result.steps:
        peaks = (step.peaks.parent, step.peaks.worker, step.peaks.pagefind)
        measured = (*_times(step.seconds, step.processor), *map(_memory, peaks))
        rows.append((step.name, *measured, f"{step.written:,}", f"{step.deleted:,}"))
        if step is result.cold:
            name = "  floor: the same bytes from memory"
            times = _times(floor.seconds, floor.processor)
            rows.append((name, *times, "", "", "", f"{floor.files:,}", ""))
        if step is result.search and binary:
            name = f"  Pagefind's program, {binary.shards} shards"
            times = _times(binary.seconds, binary.processor)
            rows.append((name, *times, "", "", _memory(binary.peak), "", ""))
    return [*_aligned(rows), "Memory: at most in one process, and without mapped files."]


def _ratios(result: Result) -> list[str]:
    rows = [("ratios", "seconds", "processor")]
    rows += [
        (name, *_times(ratio.seconds, ratio.processor)) for name, ratio in result.ratios().items()
    ]
    return _aligned(rows)


def _times(seconds: float, processor: float) -> tuple[str, str]:
    return f"{seconds:.2f}", f"{processor:.2f}"


def _memory(peak: Peak) -> str:
    return f"{peak.resident / 1e6:,.0f} ({peak.own / 1e6:,.0f})" if peak.resident else "-"


def _phases(result: Result) -> list[str]:
    """List the seconds of each phase, and how fast the first build was."""
    names = list(dict.fromkeys(name for step in result.steps for name in step.report["seconds"]))
    rows: list[tuple[str, ...]] = [("phases, seconds", *names)]
    for step in result.steps:
        seconds = step.report["seconds"]
        found = (f"{seconds[name]:.2f}" if name in seconds else "-" for name in names)
        rows.append((step.name, *found))
    cold, pages = result.cold, result.floor.files
    papers = cold.report["papers"] / cold.seconds
    rate = f"{pages / cold.seconds:,.0f} pages and {papers:,.0f} papers a second"
    return [*_aligned(rows), f"Cold, without search: {rate}."]


def _bytes(step: Step) -> list[str]:
    sizes = sorted(step.report["bytes"].items(), key=lambda pair: -pair[1])
    rows = [(kind, f"{size / 1e6:,.1f}") for kind, size in sizes]
    total = f"{sum(step.report['bytes'].values()) / 1e6:,.1f}"
    return _aligned([("bytes, MB", ""), *rows, ("all", total)])


def _aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Set rows in columns, the first to the left and the others to the right."""
    table = list(rows)
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    return [
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
