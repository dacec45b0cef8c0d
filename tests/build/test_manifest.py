"""The memory of an output folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayleaf.build.manifest import Manifest, OutputState, Written, stamps
from dayleaf.build.manifest.relied import Remade, Unit
from dayleaf.catalog.reads import Fact, FactRange, Reads

STATE = OutputState("epoch", 1, "fingerprint", 1, {"day": "fingerprint"})
PATHS = st.lists(st.lists(st.sampled_from(["a", "b", "a.b"]), min_size=1, max_size=4), max_size=8)


def written(manifest: Manifest, root: Path, *files: Written) -> None:
    """Do what a build does that writes just these files, and makes everything anew."""
    manifest.start()
    manifest.add(files)
    manifest.begin()
    for file in files:
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(bytes(file.size))
    manifest.finish(STATE, sizes={}, gone=[], remade=None)


def test_what_nothing_claims_any_more_is_gone(tmp_path: Path) -> None:
    with closing(Manifest(tmp_path / "cache", tmp_path)) as manifest:
        written(
            manifest,
            tmp_path,
            Written("a/1", "names", "a", 3),
            Written("a/2", "names", "a", 4),
            Written("b/1", "names", "b", 5),
            Written("one", "day", "one", 6),
        )
        manifest.start()
        manifest.add([Written("a/2", "names", "a", 40)])
        remade = Remade(producers=[], keys=[("names", "a"), ("day", "one"), ("day", "two")])
        gone = manifest.gone(remade)
        assert gone == ["a/1", "one"]
        assert manifest.gone(Remade(["names"], [])) == ["a/1", "b/1"]
        assert manifest.gone(None) == ["a/1", "b/1", "one"]
        manifest.begin()
        manifest.finish(STATE, sizes=manifest.sizes(), gone=gone, remade=remade)
        assert not manifest.knows("one")


def test_sizes_are_kept_up(tmp_path: Path) -> None:
    with closing(Manifest(tmp_path / "cache", tmp_path)) as manifest:
        written(manifest, tmp_path, Written("a", "day", "a", 3), Written("b", "names", "o", 4))
        before = manifest.sizes()
        assert before == {"day": (1, 3), "names": (1, 4)}
        manifest.start()
        manifest.add([Written("a", "day", "a", 30), Written("c", "names", "o", 5)])
        manifest.begin()
        manifest.finish(STATE, sizes=before, gone=["b"], remade=Remade([], []))
        assert manifest.sizes() == {"day": (1, 30), "names": (1, 5)}
        assert manifest.state() == STATE


def test_two_claims_of_one_address_are_a_mistake(tmp_path: Path) -> None:
    with closing(Manifest(tmp_path / "cache", tmp_path)) as manifest:
        manifest.start()
        manifest.add([Written("a", "day", "a", 1)])
        with pytest.raises(AssertionError, match="two pages claim one address, among them a"):
            manifest.add([Written("a", "names", "o", 1)])


@pytest.mark.parametrize("closed", [False, True])
def test_a_build_that_ends_while_moving_leaves_files_that_are_ours(
    tmp_path: Path, *, closed: bool
) -> None:
    """Killed, or by an error that lets it close its files."""
    first = Manifest(tmp_path / "cache", tmp_path)
    written(first, tmp_path, Written("old", "day", "old", 1))
    first.start()
    first.add([Written("new", "day", "new", 1)])
    first.begin()
    if closed:
        first.close()
    del first
    with closing(Manifest(tmp_path / "cache", tmp_path)) as manifest:
        assert manifest.interrupted()
        assert manifest.state() is None  # even where the list is lost
        manifest.heal()
        assert manifest.state() is None
        assert manifest.knows("new")
        assert manifest.knows("old")


def test_a_build_killed_before_moving_has_written_nothing(tmp_path: Path) -> None:
    first = Manifest(tmp_path / "cache", tmp_path)
    written(first, tmp_path, Written("old", "day", "old", 1))
    first.start()
    first.add([Written("new", "day", "new", 1)])
    del first
    with closing(Manifest(tmp_path / "cache", tmp_path)) as manifest:
        manifest.heal()
        assert manifest.state() == STATE
        assert not manifest.knows("new")
        manifest.start()
        manifest.add([Written("new", "day", "new", 1)])


def test_whoever_has_been_at_the_folder_is_noticed(tmp_path: Path) -> None:
    root = tmp_path / "public"
    root.mkdir()
    with closing(Manifest(tmp_path / "cache", root)) as manifest:
        written(manifest, root, Written("a/b/c", "day", "a/b/c", 1), Written("d", "day", "d", 1))
        assert manifest.untouched()
        (root / "a/b/c").write_bytes(b"x")  # nothing came or went
        assert manifest.untouched()
        (root / "a/x").write_bytes(b"")
        assert not manifest.untouched()


def test_what_a_build_itself_removes_is_no_edit_of_others(tmp_path: Path) -> None:
    """Or the build after it would make and compare everything."""
    root = tmp_path / "public"
    root.mkdir()
    with closing(Manifest(tmp_path / "cache", root)) as manifest:
        written(manifest, root, Written("a/b/c", "day", "c", 1), Written("a/d", "day", "d", 1))
        sizes = manifest.sizes()
        manifest.start()
        manifest.begin()
        (root / "a/b/c").unlink()
        (root / "a/b").rmdir()
        remade = Remade([], [("day", "c")])
        manifest.finish(STATE, sizes=sizes, gone=["a/b/c"], remade=remade)
        assert manifest.untouched()
        assert manifest.sizes() == {"day": (1, 1)}


def test_what_is_made_anew_relies_on_what_it_read_last(tmp_path: Path) -> None:
    """A lazy page that is left as it is relies on what it read before."""
    lazy = Reads((("author", ("ada", "bo")),), (FactRange("membership", "cs.CV", "cs.LG"),))
    before = [
        Unit("day", "2021", "", Reads((("day", ("2021",)),))),
        Unit("category", "cs", "cs/1", lazy),
        Unit("category", "cs", "cs/2", lazy),
        Unit("venue", "cvpr", "", lazy),
    ]
    after = [
        Unit("day", "2021", "", Reads((), (FactRange("membership", "math.A", "math.N"),))),
        Unit("category", "cs", "cs/2", Reads((("day", ("2022",)),))),
    ]
    files = [Written(f"cs/{number}", "category", "cs", 1) for number in (1, 2)]
    with closing(Manifest(tmp_path / "cache", tmp_path)) as manifest:
        remade = Remade(["venue"], [("day", "2021"), ("category", "cs")])
        for units, made in ((before, None), (after, remade)):
            manifest.start()
            manifest.add(files)
            manifest.rely(units)
            manifest.begin()
            manifest.finish(STATE, sizes={}, gone=[], remade=made)
            if made is None:
                assert manifest.stale([Fact("day", "2021")]) == {"day": {"2021": {""}}}
                assert manifest.stale([Fact("author", "bo")])["category"]["cs"] == {"cs/1", "cs/2"}
        assert manifest.stale([Fact("day", "2021")]) == {}
        for code in ("cs.CV", "cs.LG"):  # both ends of the range
            assert manifest.stale([Fact("membership", code)]) == {"category": {"cs": {"cs/1"}}}
        assert manifest.stale([Fact("membership", "cs.AI"), Fact("membership", "cs.RO")]) == {}
        assert manifest.stale([Fact("membership", "math.N")]) == {"day": {"2021": {""}}}
        assert manifest.stale([Fact("day", "2022")]) == {"category": {"cs": {"cs/2"}}}
        assert manifest.keys("day") == {"2021"}  # without any file
        assert manifest.keys("venue") == set()


@given(PATHS.map(lambda found: sorted({"/".join(parts) for parts in found})))
def test_folders_of_sorted_paths(paths: list[str]) -> None:
    above = {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    assert set(stamps.folders(paths)) == {"" if name == "." else name for name in above | {"."}}
