"""The comparison of here and there, its order and headers: without rclone."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from dayleaf.commands.publish import headers, order
from dayleaf.commands.publish.ledger import Ledger, Local, Remote

OLD = 1_600_000_000_000_000_000


def compared(ledger: Ledger, *, window: int | None = None) -> list[str]:
    ledger.compare(order.step, headers.of, window=window)
    return [path for step in ledger.steps() for path in ledger.to_send(step)]


def test_new_pages_go_before_the_changed_ones_that_link_to_them(tmp_path: Path) -> None:
    """Home and feeds after all lists, and the list of shards after what it names."""
    expected = [
        ".nojekyll",
        "search/2021-12/fragment/0a1b2c3d4e5f",
        "assets/site.css",
        "2021/12/20/index.html",
        "authors/bo-fenn.html",
        "2021/12/index.html",
        "2021/12/19/index.html",
        "authors/ada-quill.html",
        "days/index.html",
        "index.html",
        "search/2021-12/pagefind-entry.json",
        "search/shards.json",
    ]
    changed = {"2021/12/19/index.html", "authors/ada-quill.html", "days/index.html", "index.html"}
    with closing(Ledger(tmp_path, tmp_path / "public")) as ledger:
        ledger.list_here(Local(path, 1, OLD) for path in reversed(expected))
        ledger.list_there(Remote(path, 2, None, None) for path in changed)
        assert compared(ledger) == expected


def test_sums_are_kept_with_size_and_time(tmp_path: Path) -> None:
    """A file is read once; if it is changed, or was changed only just now, it is read again."""
    read: list[str] = []

    def md5(path: str) -> str:
        read.append(path)
        return "same"

    for here, expected in (
        (Local("a", 1, OLD), ["a"]),
        (Local("a", 1, OLD), []),
        (Local("a", 1, OLD + 1), ["a"]),
        (Local("a", 1, time.time_ns()), ["a"]),
        (Local("a", 1, time.time_ns()), ["a"]),
        (Local("a", 2, OLD), []),  # sizes differ: no sum is needed
    ):
        with closing(Ledger(tmp_path, tmp_path / "public")) as ledger:
            ledger.list_here([here])
            ledger.list_there([Remote("a", 1, None, "same")])
            ledger.sum(md5)
            assert read == expected
            assert compared(ledger) == ([] if here.size == 1 else ["a"])
            read.clear()


def test_damaged_sums_begin_anew(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path, tmp_path / "public")):
        (file,) = tmp_path.glob("sums-*.sqlite")
    file.write_bytes(b"no database, but longer than its head" * 100)
    with closing(Ledger(tmp_path, tmp_path / "public")) as ledger:
        assert ledger.count_here() == 0


@pytest.mark.parametrize(
    ("there", "sent"),
    [
        (Remote("a", 1, OLD + 999, None), []),
        (Remote("a", 1, OLD + 1_001, None), ["a"]),
        (Remote("a", 1, None, None), ["a"]),
        (Remote("a", 2, OLD, None), ["a"]),
    ],
)
def test_without_sums_times_tell(tmp_path: Path, there: Remote, sent: list[str]) -> None:
    with closing(Ledger(tmp_path, tmp_path / "public")) as ledger:
        ledger.list_here([Local("a", 1, OLD)])
        ledger.list_there([there])
        assert compared(ledger, window=1_000) == sent


def test_a_place_that_tells_neither_sum_nor_time_gets_everything(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path, tmp_path / "public")) as ledger:
        ledger.list_here([Local("a", 1, OLD)])
        ledger.list_there([Remote("a", 1, OLD, None)])
        assert compared(ledger, window=-1) == ["a"]


def test_folders_that_become_empty_are_named_innermost_first(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path, tmp_path / "public")) as ledger:
        ledger.list_here(Local(path, 1, OLD) for path in ("2021/12/index.html", "2021-x", "b/c"))
        gone = ["2021/12/19/index.html", "2022/01/03/index.html", "b/d"]
        assert ledger.emptied(gone) == ["2021/12/19", "2022/01/03", "2022/01", "2022"]
