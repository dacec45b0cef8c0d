"""Pagefind's index files in one order, so that the same papers give the same bytes.

Pagefind writes the values of a filter in the order of a hash table that differs from run to run,
and names files by their contents, so that the disorder spreads from the filters to the metadata and
to the entry. Filters and metadata are CBOR behind twelve signature bytes, compressed:
`[filter, [[value, [page, …]], …]]` and `[version, [[page, words, …], …], chunks, [[filter, name],
…], …]`; from 1.6 on a page says more than how many words it has. Pages have their names from the
files of their fragments, which `fragments` packs.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from typing import TYPE_CHECKING, cast

import cbor2

from dayleaf.base.errors import Finding, SearchError
from dayleaf.search.fragments import SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGEFIND = "Pagefind"
_FILTER = re.compile(r"filter/(?P<name>[\w-]+)\.pf_filter\Z")
_META = re.compile(r"pagefind\.(?P<name>[\w-]+)\.pf_meta\Z")
_ENTRY = "pagefind-entry.json"
_PAGES, _FILTERS = 1, 3
"""Where the metadata names the pages and the filters."""


def pages(files: Mapping[str, bytes]) -> list[str]:
    """Return the names of an index's pages, in the order of their numbers.

    Raises SearchError where its metadata are not of the form that Pagefind 1 writes.
    """
    parts = [_decode(path, data)[_PAGES] for path, data in files.items() if _META.match(path)]
    return [name for part in parts for name, *_ in cast("list[list[str]]", part)]


def arrange(files: Mapping[str, bytes], names: Mapping[str, str]) -> dict[str, bytes]:
    """Return an index's files, by relative path, with filters, metadata and entry put in order.

    `names` are the pages' new names by their old ones. Raises SearchError where the files are not
    of the form that Pagefind 1 writes.
    """
    arranged: dict[str, bytes] = {}
    renamed: dict[str, str] = {}
    for path, data in files.items():
        if match := _FILTER.match(path):
            values = _decode(path, data)
            values[1] = sorted(cast("list[list[object]]", values[1]), key=lambda pair: str(pair[0]))
            renamed[match["name"]], packed = _encode(match["name"], values)
            arranged[f"filter/{renamed[match['name']]}.pf_filter"] = packed
    for path, data in files.items():
        if match := _META.match(path):
            meta = _decode(path, data)
            filters = cast("list[list[str]]", meta[_FILTERS])
            meta[_FILTERS] = sorted([name, renamed[file]] for name, file in filters)
            listed = cast("list[list[str]]", meta[_PAGES])
            meta[_PAGES] = [[names[name], *more] for name, *more in listed]
            renamed[match["name"]], packed = _encode(match["name"], meta)
            arranged[f"pagefind.{renamed[match['name']]}.pf_meta"] = packed
    for path, data in files.items():
        if path == _ENTRY:
            arranged[path] = _entry(data, renamed)
        elif not (_FILTER.match(path) or _META.match(path)):
            arranged[path] = data
    return dict(sorted(arranged.items()))


def _decode(path: str, data: bytes) -> list[object]:
    plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    value = cbor2.loads(plain.removeprefix(SIGNATURE)) if plain.startswith(SIGNATURE) else None
    if not isinstance(value, list):
        wanted = f"{path} to begin with {SIGNATURE!r} and a CBOR array"
        raise SearchError(Finding("something else", wanted, about=_PAGEFIND))
    return value


def _encode(name: str, value: list[object]) -> tuple[str, bytes]:
    """Return a file's new name, as long as the old one, and its contents."""
    plain = SIGNATURE + cbor2.dumps(value)
    language, _, mark = name.rpartition("_")
    fingerprint = hashlib.blake2b(plain, digest_size=16).hexdigest()
    return f"{language}_{fingerprint[: len(mark)]}", gzip.compress(plain, mtime=0)


def _entry(data: bytes, renamed: dict[str, str]) -> bytes:
    """Return the entry with the languages' metadata under their new names."""
    entry = json.loads(data)
    for language in entry["languages"].values():
        language["hash"] = renamed[language["hash"]]
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
