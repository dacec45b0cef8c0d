"""Mutated digests of every format; `make fuzz` tries many more."""

from __future__ import annotations

import pytest

from dayleaf import readers
from tests import fuzz
from tests.fuzz import LARGE, SEEDS, Case, Findings

APART = [seed for seed in SEEDS if len(seed.records) > 1]


def test_a_fixed_set_of_mutations() -> None:
    """None ends a reader or a build, costs another record, or leads out of the site."""
    found = fuzz.run(range(2_000))
    assert found.faults == []
    # That it is no empty check: every format was met, and problems were found.
    assert {reader.name for reader in readers.READERS} <= set(found.by)
    assert found.by["refused"] > 100
    assert found.records > 1_000


@pytest.mark.parametrize("seed", APART, ids=lambda seed: str(seed.path))
@pytest.mark.parametrize("piece", LARGE, ids=lambda piece: ascii(piece[:12].decode()))
def test_a_megabyte_of_one_thing(seed: fuzz.Seed, piece: bytes) -> None:
    """Within a record it takes a second at most, and leaves the other records as they were."""
    own = [one.encode() for one in seed.records]
    middle = len(own[1]) * 2 // 3
    own[1] = own[1][:middle] + piece + own[1][middle:]
    whole = fuzz.records(seed.path, seed.text())
    case = Case(0, seed.path, seed.text(tuple(own)), (whole[0], whole[2]))
    assert list(fuzz.faults(case, Findings())) == []


def test_the_same_number_is_the_same_case() -> None:
    assert fuzz.case(4711) == fuzz.case(4711)
    assert len({fuzz.case(number).data for number in range(100)}) > 90
