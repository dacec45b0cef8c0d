"""`python -m benchmarks.invented DIR --papers N`: write an invented archive."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from benchmarks.invented.archive import Plan, write


def main() -> None:
    """Write the archive and say what was written."""
    plan = Plan(137_500)
    parser = argparse.ArgumentParser(prog="benchmarks.invented", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--papers", type=int, default=plan.papers, metavar="N")
    parser.add_argument("--seed", type=int, default=plan.seed, metavar="N")
    parser.add_argument("--first", type=date.fromisoformat, default=plan.first, metavar="DAY")
    parser.add_argument("--last", type=date.fromisoformat, default=plan.last, metavar="DAY")
    options = parser.parse_args()
    plan = Plan(options.papers, options.seed, options.first, options.last)
    records = write(options.folder, plan)
    print(f"{options.folder}: {records:,} records of {plan.papers:,} papers")


if __name__ == "__main__":
    main()
