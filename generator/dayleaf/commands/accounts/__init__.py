"""The archive's accounts: what became of every byte of every digest, and what looks odd.

    entries.py   each digest in stretches: heading, record, refused record
    spelled.py   names that may be somebody else's
    texts.py     formulas that are shown as their source
    shown.py     the built site against the catalog

`check` knows a built site and nothing of the archive; here stands what it takes both to know.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import gaps
from dayleaf.base import parallel
from dayleaf.base.errors import Finding, Severity
from dayleaf.build import fit, report, work
from dayleaf.catalog import Catalog
from dayleaf.commands.accounts import entries, shown, spelled, texts

if TYPE_CHECKING:
    from dayleaf.archive.gaps import Gap, Thin
    from dayleaf.base.config import Config
    from dayleaf.catalog import Totals
    from dayleaf.commands.accounts.entries import ContentFile
    from dayleaf.commands.accounts.spelled import DoubtfulName

_NAMED = 20
"""Of each list that the summary prints."""


class Accounts(NamedTuple):
    """What an archive comes to."""

    totals: Totals
    entries: tuple[ContentFile, ...]
    """Every file of the content folder."""
    wrong: tuple[str, ...]
    """What does not add up, which is a mistake of ours."""
    problems: tuple[Finding, ...]
    duplicates: tuple[tuple[str, tuple[str, ...]], ...]
    """Identifiers that several records bear, with the places of these."""
    gaps: tuple[Gap, ...]
    thin: tuple[Thin, ...]
    formulas: tuple[tuple[str, str], ...]
    """Papers with a formula that is shown as its source, each with the first such."""
    names: tuple[DoubtfulName, ...]
    """Names that may be somebody else's, or nobody's."""
    differences: tuple[str, ...] | None
    """Between the built site and the catalog; None where there is no site."""

    def is_sound(self) -> bool:
        """Whether everything adds up, and the site shows what the catalog has."""
        return not self.wrong and not self.differences

    def as_json(self) -> dict[str, object]:
        """Return it for programs."""
        refused, others = self._parted()
        return {
            "records": {
                "seen": self.totals.records, "published": self.totals.papers,
                "merged": self.totals.merged, "refused": self.totals.refused,
                "not_understood": self.totals.unread,
            },
            "bytes": sum(entry.size for entry in self.entries),
            "wrong": list(self.wrong),
            "refused": [_problem(problem) for problem in refused],
            "problems": [_problem(problem) for problem in others],
            "duplicates": {anchor: list(places) for anchor, places in self.duplicates},
            "missing": [gap._asdict() for gap in self.gaps],
            "thin": [gap._asdict() for gap in self.thin],
            "names": [name._asdict() for name in self.names],
            "formulas": [{"id": anchor, "source": source} for anchor, source in self.formulas],
            "differences": None if self.differences is None else list(self.differences),
            "digests": [entry.as_json() for entry in self.entries],
        }  # fmt: skip

    def lines(self) -> list[str]:
        """Return it for people, the figures last."""
        lines = [f"does not add up: {mistake}" for mistake in self.wrong]
        lines += [f"site: {difference}" for difference in (self.differences or ())[:_NAMED]]
        refused, others = self._parted()
        lines += _some("refused", list(map(str, refused)))
        lines += _some("problem", list(map(str, others)))
        lines += _some(
            "listed more than once", [f"{a}: {', '.join(places)}" for a, places in self.duplicates]
        )
        lines += _some("no digest", list(map(str, self.gaps)))
        lines += _some("thin", list(map(str, self.thin)))
        lines += _some("name", list(map(str, self.names)))
        lines += _some("formula shown as its source", [f"{a}: {s}" for a, s in self.formulas])
        totals, missing = self.totals, sum(gap.days for gap in self.gaps)
        size = sum(entry.size for entry in self.entries)
        lines.append(
            f"{size:,} bytes in {len(self.entries):,} files, all accounted for: {totals.records:,}"
            f" records = {totals.papers:,} published + {totals.merged:,} merged +"
            f" {totals.refused:,} refused; {totals.unread:,} papers not understood"
        )
        lines.append(
            f"{missing:,} days missing in {len(self.gaps):,} stretches, {len(self.thin):,} thin;"
            f" {len(self.duplicates):,} papers listed more than once;"
            f" {len(self.formulas):,} with a formula shown as its source;"
            f" {len(self.names):,} names to look at"
        )
        if self.differences is not None:
            count = f"{len(self.differences):,} differences" if self.differences else "as it should"
            lines.append(f"the site shows what the catalog has: {count}")
        return lines

    def _parted(self) -> tuple[list[Finding], list[Finding]]:
        """Return the problems that cost a record, and the others."""
        refused = [p for p in self.problems if p.severity == Severity.REFUSED]
        return refused, [p for p in self.problems if p.severity != Severity.REFUSED]


def take(config: Config, *, jobs: int) -> Accounts:
    """Take the accounts of an archive whose catalog is up to date, and of its site if it is built.

    Raises what reading raises.
    """
    file = config.cache / work.CATALOG
    with closing(Catalog(file)) as catalog, parallel.pool(jobs) as pool:
        problems = (*catalog.problems(), *report.unread(catalog))
        listed = tuple(entries.all_of(config.content, catalog, problems))
        return Accounts(
            totals=catalog.totals(),
            entries=listed,
            wrong=tuple(entries.mistakes(listed, catalog.totals())),
            problems=problems,
            duplicates=tuple(entries.duplicates(listed)),
            gaps=tuple(gaps.gaps(catalog.days())),
            thin=tuple(gaps.thin(catalog.days())),
            names=tuple(spelled.candidates(catalog)),
            formulas=tuple(texts.unconverted(file, catalog, pool)),
            differences=shown.differences(fit.resolved(config, catalog, search=True), catalog),
        )


def _problem(problem: Finding) -> dict[str, object]:
    return {"file": problem.file, "line": problem.line, "reason": problem.message}


def _some(label: str, listed: list[str]) -> list[str]:
    """Return some of a list, each with a label, and how many more there are."""
    more = [f"{label}: {len(listed) - _NAMED:,} more, see --json"] if len(listed) > _NAMED else []
    return [f"{label}: {entry}" for entry in listed[:_NAMED]] + more
