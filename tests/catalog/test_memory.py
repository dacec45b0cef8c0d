"""What is remembered holds as long as nothing behind it changes, and only of the same facts."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from dayleaf.build import work
from dayleaf.catalog import Catalog
from dayleaf.catalog.reads import DAY, FactRange
from tests.sites import digest, path, record, small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sites import Site

EARLY, LATE = FactRange(DAY, "2021-12-19", "2021-12-20"), FactRange(DAY, "2022-01-01", "2022-01-31")


def asked(made: Site, facts: FactRange) -> str:
    """Return whether the work is done, or what came of it is remembered."""
    done: list[str] = []
    with closing(Catalog(made.folder / ".dayleaf" / work.CATALOG)) as catalog:
        catalog.remembered("papers", facts, lambda: done.append("done"))
        assert catalog.take_reads().stretches == (facts,)
    return "".join(done) or "remembered"


def test_it_holds_until_facts_behind_it_change(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    assert [asked(made, EARLY), asked(made, EARLY)] == ["done", "remembered"]
    made.edit(path("2022-01-05"), digest(record("2201.00009", day="2022-01-05"), day="2022-01-05"))
    made.build()
    assert asked(made, EARLY) == "remembered"
    made.edit(path("2021-12-20"), digest(record("2112.00009", day="2021-12-20"), day="2021-12-20"))
    made.build()
    assert [asked(made, EARLY), asked(made, EARLY)] == ["done", "remembered"]


def test_it_holds_of_the_same_facts_alone(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    assert [asked(made, EARLY), asked(made, LATE)] == ["done", "done"]


def test_a_file_that_is_damaged_is_as_good_as_none(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    asked(made, EARLY)
    (file,) = (made.folder / ".dayleaf").glob("*.memory.sqlite")
    file.write_bytes(b"no database, and long enough to be taken for one" * 100)
    assert asked(made, EARLY) == "done"


def test_a_catalog_that_is_made_anew_remembers_nothing_of_the_one_before(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    assert [asked(made, EARLY), asked(made, EARLY)] == ["done", "remembered"]
    (made.folder / ".dayleaf" / work.CATALOG).unlink()
    made.build()
    assert [asked(made, EARLY), asked(made, EARLY)] == ["done", "remembered"]
