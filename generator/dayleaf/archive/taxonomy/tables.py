"""The tables of this package: files of codes and their names, each read when it is first asked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """Return the cells of each row by its first cell, a code, in the file's order.

    Cells are parted by tabs. A line that begins with `#` is a comment. Every row has as many cells
    as the longest, the last ones empty where the file leaves them out.
    """
    text = (files(__package__) / f"{name}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    width = max(map(len, rows))
    return {code: (*cells, *[""] * (width - 1 - len(cells))) for code, *cells in rows}


@cache
def names(name: str) -> dict[str, str]:
    """Return the second cell of each row, what a code is called, by the code."""
    return {code: cells[0] for code, cells in table(name).items()}
