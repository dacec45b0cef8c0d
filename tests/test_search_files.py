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
from dayleaf.search.dictionary import Dictionary, learn, unpack
from tests.sites import path, small

WORDS = "teapot kettle samovar spoon handle steam lid spout".split()
WORDED = learn([f"a {word} is a {word}".encode() for word in WORDS])
"""A dictionary."""
_VALUES = {
    "filters": {"category": ["cs.XY"], "cross": ["cs.ZZ"]},
    "word_count": 9,
    "meta": {"a": ""},
}


def fragment(day: int, number: int) -> bytes:
    """What Pagefind makes of a paper, uncompressed."""
    words = " ".join(WORDS[(day * number + n) % len(WORDS)] for n in range(90 + number))
    return _fragment(day, number, words)


def _fragment(day: int, number: int, words: str) -> bytes:
    marks = [
        {"element": "i", "id": name, "text": "", "location": at}
        for name, at in (("t", 3), ("a", 7))
    ]
    made = {"url": f"/{_address(day, number)}", "content": words, "anchors": marks, **_VALUES}
    return _written(made)


def _written(made: object) -> bytes:
    return b"pagefind_dcd" + json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _address(day: int, number: int) -> str:
    return f"2021/12/{day:02}/#2112.{day:02}{number:03}"


def index(days: int, papers: int = 30) -> dict[str, bytes]:
    """The fragments of an index of some days."""
    found = ((day, number) for day in range(1, days + 1) for number in range(papers))
    return _files({f"en_{day:02}{number:03}": fragment(day, number) for day, number in found})


def _files(plain: dict[str, bytes]) -> dict[str, bytes]:
    return {f"fragment/{name}.pf_fragment": gzip.compress(data) for name, data in plain.items()}


def _pack(files: dict[str, bytes], words: bytes = WORDED) -> fragments.Packed:
    papers = [Path(name).stem for name in files]
    return fragments.pack(files, papers, Dictionary(words), name="words")


def _unpacked(packed: fragments.Packed, words: bytes = WORDED) -> dict[str, list[object]]:
    """What a browser makes of the files: by name, address, category, places and text."""
    found: dict[str, list[object]] = {}
    for name, where in packed.names.items():
        dictionary, bundle, number = where.split("/")
        assert dictionary == "words"
        lines = unpack(words, packed.files[f"fragment/{bundle}"]).split(b"\n")
        found[name] = json.loads(lines[int(number)])
    return found


@settings(deadline=None)
@given(st.integers(1, 3), st.integers(1, 40))
def test_fragments_come_back(days: int, papers: int) -> None:
    found = _unpacked(_pack(index(days, papers)))
    assert len(found) == days * papers
    for name, (address, category, places, content) in found.items():
        day, number = int(name[3:5]), int(name[5:])
        assert address == _address(day, number)
        assert category == "cs.XY"
        assert places == [3, 7]
        assert content == json.loads(fragment(day, number)[12:])["content"]


def test_few_papers_share_a_file_and_only_those_of_a_day() -> None:
    packed = _pack(index(2, 20))
    bundles = [unpack(WORDED, data).split(b"\n") for data in packed.files.values()]
    assert sorted(map(len, bundles)) == [6, 6, 7, 7, 7, 7]
    assert all(len({line.partition(b"#")[0] for line in lines}) == 1 for lines in bundles)


def test_a_later_day_changes_no_file_that_was_there() -> None:
    before, after = (_pack(index(days, 60)) for days in (9, 10))
    assert before.files.items() <= after.files.items()
    assert before.names.items() <= after.names.items()
    assert len(after.files) == len(before.files) + 8


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from('aBöÿ 王 .,-"\\{}\t\n\0\1😀'), max_size=60), max_size=20))
def test_any_text_comes_back(texts: list[str]) -> None:
    plain = {f"en_{n}": _fragment(1, n, text) for n, text in enumerate(texts)}
    found = _unpacked(_pack(_files(plain)))
    assert [content for *_, content in found.values()] == texts


def test_more_words_than_single_bytes_come_back() -> None:
    words = [a + b + c for a in "abcdefgh" for b in "abcdefgh" for c in "abcdefghijkl"]
    learned = learn([" ".join(words).encode()])
    files = _files({"en_x": _fragment(1, 1, " ".join(words * 2))})
    found = _unpacked(_pack(files, learned), learned)
    assert found["en_x"][-1] == " ".join(words * 2)


def test_a_dictionary_of_nothing_still_packs() -> None:
    learned = learn([])
    packed = _pack(index(1), learned)
    assert len(_unpacked(packed, learned)) == 30


def test_a_day_of_papers_keeps_its_headings() -> None:
    heading = {"element": "h2", "id": "2112.00001", "text": "A kettle", "location": 4}
    made = {"url": "/2021/12/01/", "content": "words", "anchors": [heading], **_VALUES}
    found = _unpacked(_pack(_files({"en_x": _written(made)})))
    assert found["en_x"] == ["2021/12/01/", "", [["2112.00001", "A kettle", 4]], "words"]


def test_a_paper_without_a_category_has_none() -> None:
    marks = [{"element": "i", "id": name, "text": "", "location": 1} for name in "ta"]
    made = {"url": "/2021/12/01/#x", "content": "", "anchors": marks, "filters": {}}
    found = _unpacked(_pack(_files({"en_x": _written(made)})))
    assert found["en_x"] == ["2021/12/01/#x", "", [1, 1], ""]


def test_packed_fragments_are_smaller() -> None:
    before = index(4)
    after = _pack(before).files
    assert sum(map(len, after.values())) < sum(map(len, before.values())) * 0.5
    assert len(after) < len(before) / 5


@pytest.mark.parametrize("data", [b"plain", gzip.compress(b"plain"), gzip.compress(_written({}))])
def test_a_fragment_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(SearchError, match=r"expected fragment/x\.pf_fragment to be a paper"):
        _pack({"fragment/x.pf_fragment": data})


def test_a_paper_without_a_fragment_is_noticed() -> None:
    with pytest.raises(SearchError, match=r"expected fragment/x.pf_fragment to be .* KeyError"):
        fragments.pack({}, ["x"], Dictionary(WORDED), name="words")


def test_an_index_without_papers_has_nothing_to_pack() -> None:
    assert _pack({}) == ({}, {})


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
    (dictionary,) = folder.glob("*.words")
    assert len(after) == 2
    assert after - {dictionary.name} < before
