"""What becomes of Pagefind's files: fragments are packed, shards are kept in the cache."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayleaf.errors import SearchError
from dayleaf.search import fragments, store
from tests.sites import path, small

WORDS = "teapot kettle samovar spoon handle steam lid spout".split()


def fragment(day: int, number: int) -> bytes:
    """What Pagefind makes of a paper, uncompressed."""
    words = " ".join(WORDS[(day * number + n) % len(WORDS)] for n in range(90 + number))
    return _fragment(day, number, words)


def _fragment(day: int, number: int, words: str, **more: object) -> bytes:
    made = {"url": f"/2021/12/{day:02}/#2112.{day:02}{number:03}", "content": words, **more}
    return b"pagefind_dcd" + json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def index(days: int, papers: int = 30) -> dict[str, bytes]:
    """The files of an index of some days."""
    made = {"pagefind-entry.json": b"{}", "index/en_1.pf_index": b"words"}
    for day in range(1, days + 1):
        for number in range(papers):
            data = gzip.compress(fragment(day, number))
            made[f"fragment/en_{day:02}{number:03}.pf_fragment"] = data
    return made


@settings(deadline=None)
@given(st.integers(1, 3), st.integers(1, 40))
def test_fragments_come_back_as_they_were(days: int, papers: int) -> None:
    before = index(days, papers)
    after = fragments.shrink(before)
    assert set(after) == {*before, fragments.DICTIONARY}
    for name, data in before.items():
        if name.startswith("fragment/"):
            assert fragments.read(after[fragments.DICTIONARY], after[name]) == gzip.decompress(data)
        else:
            assert after[name] == data


def test_a_later_day_changes_no_fragment_that_was_there() -> None:
    before, after = (fragments.shrink(index(days, 60)) for days in (9, 10))
    assert before.items() <= after.items()
    assert len(after) == len(before) + 60


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from('aBöÿ 王 .,-"\\{}\t😀'), max_size=60), max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    plain = {f"fragment/{n}": _fragment(1, n, text + " word") for n, text in enumerate(texts)}
    after = fragments.shrink({name: gzip.compress(data) for name, data in plain.items()})
    assert {
        name: fragments.read(after[fragments.DICTIONARY], after[name]) for name in plain
    } == plain


def test_more_words_than_single_bytes_come_back() -> None:
    words = [a + b + c for a in "abcdefgh" for b in "abcdefgh" for c in "abcdefghijkl"]
    plain = _fragment(1, 1, " ".join(words * 2))
    after = fragments.shrink({"fragment/x": gzip.compress(plain)})
    assert fragments.read(after[fragments.DICTIONARY], after["fragment/x"]) == plain


def test_metadata_stays_out_of_a_fragment() -> None:
    """The title is in the content as well."""
    before = _fragment(
        1, 1, 'on "meta":{ and }', meta={"title": 'a } "b" \\', "x": "y"}, anchors=[]
    )
    after = fragments.shrink({"fragment/x": gzip.compress(before)})
    expected = _fragment(1, 1, 'on "meta":{ and }', meta={}, anchors=[])
    assert fragments.read(after[fragments.DICTIONARY], after["fragment/x"]) == expected


def test_packed_fragments_are_smaller() -> None:
    before = index(4)
    after = fragments.shrink(before)
    assert sum(map(len, after.values())) < sum(map(len, before.values())) * 0.7


def test_a_fragment_of_another_form_is_refused() -> None:
    with pytest.raises(SearchError, match="expected fragment/x to be a gzip file"):
        fragments.shrink({"fragment/x": b"plain"})


def test_an_index_without_fragments_stays_as_it_is() -> None:
    assert fragments.shrink({"a": b"b"}) == {"a": b"b"}


def test_files_are_kept_in_one(tmp_path: Path) -> None:
    file, files = tmp_path / "cache/x.shard", {"b/ü": b"1", "a": b"", "c": bytes(range(256))}
    store.write(file, files)
    assert list(store.read(file)) == list(files.items())
    assert store.is_whole(file)
    assert [entry.name for entry in file.parent.iterdir()] == ["x.shard"]


def test_what_a_power_cut_leaves_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "x.shard"
    assert not store.is_whole(file)
    store.write(file, {"a": b"some", "b": b"text"})
    data = file.read_bytes()
    for size in range(len(data)):
        file.write_bytes(data[:size])
        assert not store.is_whole(file), size
    file.write_bytes(bytes(len(data)))
    assert not store.is_whole(file)


def test_a_damaged_shard_is_indexed_again(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build(search=True)
    before = made.files()
    for file in (tmp_path / ".dayleaf/shards").iterdir():
        os.truncate(file, file.stat().st_size // 2)
    for file in (tmp_path / ".dayleaf").glob("output-*"):
        file.unlink()
    assert made.build(search=True).indexed == 2
    assert made.files() == before


def test_shards_that_nothing_uses_are_removed(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build(search=True)
    folder = tmp_path / ".dayleaf/shards"
    (folder / "killed.new").write_bytes(b"half")
    before = {file.name for file in folder.glob("*.shard")}
    made.remove(path("2022-01-03"))
    made.build(search=True)
    after = {file.name for file in folder.iterdir()}
    assert len(after) == len(before & after) == 1
