"""Invented digests: an archive of any size that weighs what a real one weighs.

`words` makes the prose, `people` the authors, `papers` the records, `archive` deals them to days
and writes them. All of it is a pure function of a seed, made paper by paper: an archive of millions
takes no more memory than one of thousands. Nothing is taken from a real archive but figures; those
that the code names were counted in 137,501 papers of cs.CV, 1998 to 2024.
"""

from benchmarks.invented.archive import Plan, digest, digests, write
from benchmarks.invented.papers import Papers

__all__ = ["Papers", "Plan", "digest", "digests", "write"]
