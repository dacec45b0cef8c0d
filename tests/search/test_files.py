"""What becomes of Pagefind's files: results are packed, shards are kept in the cache."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayleaf.base.errors import SearchError
from dayleaf.search import fragments, order, store
from dayleaf.search.dictionary import Dictionary, learn, unpack
from dayleaf.search.records import PaperDocument
from tests.sites import path, small

WORDS = "teapot kettle samovar spoon handle steam lid spout".split()
WORDED = learn([f"a {word} is a {word}".encode() for word in WORDS])
"""A dictionary."""


def _record(day: int, number: int, line: bytes | None = None) -> PaperDocument:
    url = f"/2021/12/{day:02}/#2112.{day:02}{number:03}"
    words = " ".join(WORDS[(day * number + n) % len(WORDS)] for n in range(90 + number))
    return PaperDocument(url, "", json.dumps([url, words]).encode() if line is None else line)


def index(days: int, papers: int = 30) -> list[PaperDocument]:
    """The records of an index of some days."""
    return [_record(day, n) for day in range(1, days + 1) for n in range(papers)]


def _pack(records: list[PaperDocument], words: bytes = WORDED) -> fragments.Packed:
    names = [f"en_{n}" for n in range(len(records))]
    files = {
        f"fragment/{name}.pf_fragment": _written({"url": record.url, "content": "…"})
        for name, record in zip(names, records, strict=True)
    }
    return fragments.pack(records, names, files, Dictionary(words), name="words")


def _written(made: object) -> bytes:
    """A fragment as Pagefind writes one."""
    return gzip.compress(fragments.SIGNATURE + json.dumps(made).encode())


def _unpacked(packed: fragments.Packed, words: bytes = WORDED) -> list[bytes]:
    """What a browser makes of the files: the line of each record."""
    found: list[bytes] = []
    for where in packed.names.values():
        dictionary, bundle, number = where.split("/")
        assert dictionary == "words"
        found.append(unpack(words, packed.files[f"fragment/{bundle}"]).split(b"\n")[int(number)])
    return found


@settings(deadline=None)
@given(st.integers(1, 3), st.integers(1, 40))
def test_lines_come_back(days: int, papers: int) -> None:
    records = index(days, papers)
    assert _unpacked(_pack(records)) == [record.line for record in records]


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
    lines = [json.dumps(text, ensure_ascii=False).encode() for text in texts]
    records = [_record(1, n, line) for n, line in enumerate(lines)]
    assert _unpacked(_pack(records)) == lines


def test_more_words_than_single_bytes_come_back() -> None:
    words = [a + b + c for a in "abcdefgh" for b in "abcdefgh" for c in "abcdefghijkl"]
    learned = learn([" ".join(words).encode()])
    line = " ".join(words * 2).encode()
    assert _unpacked(_pack([_record(1, 1, line)], learned), learned) == [line]


def test_a_dictionary_of_nothing_still_packs() -> None:
    learned = learn([])
    assert len(_unpacked(_pack(index(1), learned), learned)) == 30


def test_packed_lines_are_smaller() -> None:
    records = index(4)
    packed = _pack(records).files
    assert sum(map(len, packed.values())) < sum(len(record.line) for record in records) * 0.1
    assert len(packed) < len(records) / 5


# With names of their own: what gzip writes holds the time, and so would a name made of it.
@pytest.mark.parametrize(
    "data",
    [b"plain", gzip.compress(b"plain"), _written({})],
    ids=["plain", "packed", "without fields"],
)
def test_a_fragment_of_another_form_is_refused(data: bytes) -> None:
    _refused({"fragment/x.pf_fragment": data}, r"fragment/x\.pf_fragment to be a paper")


def test_a_paper_without_a_fragment_is_noticed() -> None:
    _refused({}, r"expected fragment/x.pf_fragment to be .* KeyError")


def test_papers_in_another_order_are_noticed() -> None:
    _refused({"fragment/x.pf_fragment": _written({"url": "/other"})}, "found /other")
    with pytest.raises(SearchError, match="expected an index of 0 papers, found 1"):
        fragments.pack([], ["x"], {}, Dictionary(WORDED), name="words")


def _refused(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(SearchError, match=message):
        fragments.pack([_record(1, 1)], ["x"], files, Dictionary(WORDED), name="words")


def test_an_index_without_papers_has_nothing_to_pack() -> None:
    assert _pack([]) == ({}, {})


def test_files_are_kept_in_one(tmp_path: Path) -> None:
    file, files = tmp_path / "cache/x.shard", {"b/ü": b"1", "a": b"", "c": bytes(range(256))}
    store.write(file, files)
    assert list(store.read(file)) == list(files.items())
    assert store.is_sound(file)
    assert [entry.name for entry in file.parent.iterdir()] == ["x.shard"]


def test_what_a_power_cut_leaves_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "x.shard"
    assert not store.is_sound(file)
    store.write(file, {"a": b"some", "b": b"text"})
    data = file.read_bytes()
    for size in range(len(data)):
        file.write_bytes(data[:size])
        assert not store.is_sound(file), size
    for other in (bytes(len(data)), data + b"x"):
        file.write_bytes(other)
        assert not store.is_sound(file)


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
    assert {name for name in after if name.endswith(".shard")} < before
    assert sorted(Path(name).suffix for name in after) == [".lexicon", ".shard", ".terms", ".words"]


@pytest.mark.parametrize("more", [[], [""]], ids=["1.5", "1.6"])
def test_a_page_may_say_more_than_its_words(more: list[str]) -> None:
    """Pagefind 1.6 gives each page of the metadata a third item."""
    meta = ["1", [["en_b", 8, *more], ["en_a", 7, *more]], [], [["year", "en_f"]], [], []]
    files = {
        "pagefind.en_m.pf_meta": gzip.compress(fragments.SIGNATURE + cbor2.dumps(meta)),
        "filter/en_f.pf_filter": gzip.compress(
            fragments.SIGNATURE + cbor2.dumps(["year", [["2022", [0]], ["2021", [1]]]])
        ),
        "pagefind-entry.json": b'{"languages": {"en": {"hash": "en_m"}}}',
    }
    assert order.pages(files) == ["en_b", "en_a"]
    arranged = order.arrange(files, {"en_b": "x", "en_a": "y"})
    (path,) = (one for one in arranged if one.endswith(".pf_meta"))
    written = cbor2.loads(gzip.decompress(arranged[path]).removeprefix(fragments.SIGNATURE))
    assert written[1] == [["x", 8, *more], ["y", 7, *more]]
