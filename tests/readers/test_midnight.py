"""A time with an offset names the day that was written, not the day that UTC has."""

from __future__ import annotations

import json
import re

import pytest

from dayleaf import readers
from dayleaf.archive.model import Digest
from dayleaf.readers import values


def days(text: str, source: str) -> list[str]:
    """Return the days of the records of a digest."""
    _, found = readers.read(text.encode(), source=source)
    assert isinstance(found, Digest)
    return [record.day or found.day for record in found.records]


TIMES = [
    "2025-11-19T00:00:00+08:00", "2025-11-19T00:00:00+05:30", "2025-11-19T00:00:00+01:00",
    "2025-11-19T20:00:00-05:00", "2025-11-19T00:00:00-05:00", "2025-11-19T12:00:00Z", "2025-11-19",
    "Wed, 19 Nov 2025 22:30:00 -0500", "2025-11-19T23:59:59+14:00",
]  # fmt: skip


@pytest.mark.parametrize("time", TIMES)
def test_a_record_stands_on_the_day_that_was_written(time: str) -> None:
    paper = {"id": "2511.99100", "title": "Tides", "authors": ["Ada Quill"]}
    text = json.dumps([paper | {"date": time}])
    assert days(text, "papers.json") == ["2025-11-19"]
    assert days(text.replace('"date"', '"published"'), "papers.json") == ["2025-11-19"]


@pytest.mark.parametrize("time", TIMES)
def test_a_feed_stands_on_the_day_that_was_written(time: str) -> None:
    entry = (
        "<entry><id>http://arxiv.org/abs/2511.99100v1</id><title>Tides</title>"
        "<author><name>Ada Quill</name></author></entry>"
    )
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><updated>{time}</updated>{entry}</feed>'
    assert days(atom, "new.xml") == ["2025-11-19"]
    alone = atom.replace(f"<updated>{time}</updated>", "", 1)
    alone = re.sub("(?=<title>)", f"<published>{time}</published>", alone)
    assert days(alone, "new.xml") == ["2025-11-19"]


def test_midnight_elsewhere_is_a_day_and_other_times_are_instants() -> None:
    assert values.time("2025-11-19T00:00:00+08:00") == "2025-11-19T00:00:00Z"
    assert values.time("2025-11-19T00:00:00-05:00") == "2025-11-19T05:00:00Z"
    assert values.time("2025-11-19T01:00:00+08:00") == "2025-11-18T17:00:00Z"
    assert values.written_day("no day") is None
