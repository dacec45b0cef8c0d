"""What Python and scripts both do, held to the same examples; tests/scripts has the other half."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dayleaf.archive import identifiers, names, urls
from dayleaf.archive.words import indexed, telling
from dayleaf.base import lookup
from dayleaf.search.dictionary import unpack

VECTORS = Path(__file__).parent / "vectors"


def vectors(name: str) -> list[Any]:
    """Return the examples in a file."""
    found: list[Any] = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("example", vectors("names.json"), ids=lambda example: example["name"])
def test_names_fold_as_in_scripts(example: dict[str, Any]) -> None:
    """And stand in the bucket in which scripts look."""
    folded = names.fold(example["name"])
    assert folded.split() == example["words"]
    words = names.sort_key(folded).split("-")
    starts = {word[:letters] for word in words for letters in (lookup.FEWER, lookup.LETTERS)}
    if example["bucket"]:
        assert example["bucket"] in {start or lookup.OTHER for start in starts}
    else:
        assert max(map(len, words)) < lookup.FEWER


@pytest.mark.parametrize("example", vectors("words.json"), ids=lambda example: example["text"])
def test_words_are_indexed_as_scripts_ask_for_them(example: dict[str, str]) -> None:
    assert indexed(example["text"]) == example["indexed"]
    assert telling(example["indexed"]) == example["telling"]


@pytest.mark.parametrize(
    "example", vectors("identifiers.json"), ids=lambda example: example["query"]
)
def test_identifiers_are_read_as_in_scripts(example: dict[str, str]) -> None:
    query = example["query"].strip()
    if example.get("id", "0")[0].isalpha() and "-" in example["id"].partition("/")[0]:
        read = identifiers.parse(query)
        assert read is None or read.identifier.anchor == example["id"]
        assert read is not None or re.match(lookup.QUERY_ANCHOR, query)
        assert urls.ids(identifiers.bucket(example["id"])) == example["bucket"]
        return
    flags = re.IGNORECASE | re.ASCII
    known, doi = (re.match(one, query, flags) for one in (lookup.QUERY_ID, lookup.QUERY_DOI))
    assert (known and known[1]) == example.get("id")
    read_doi = doi[1].lower().replace("%2f", "/") if doi else None
    assert ("id" in example or read_doi) == ("id" in example or example.get("doi"))
    if known:
        assert urls.ids(identifiers.bucket(known[1])) == example["bucket"]
    elif doi:
        figures = "".join(filter(str.isdecimal, read_doi or ""))
        assert urls.dois(figures[-lookup.FIGURES :]) == example["bucket"]


@pytest.mark.parametrize("example", vectors("bundles.json"))
def test_bundles_unpack_as_in_scripts(example: dict[str, Any]) -> None:
    dictionary, bundle = (base64.b64decode(example[name]) for name in ("dictionary", "bundle"))
    assert unpack(dictionary, bundle).decode().split("\n") == example["lines"]
