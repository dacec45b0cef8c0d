"""The pass over all documents: each is read once, its links resolved, its ids kept.

It owns the processes, and which files are documents. Anchors into other pages are judged when every
process is done: only then is it known which ids a page has. Until then they are kept by the page
that they lead to, each once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from io import FileIO
from multiprocessing.context import BaseContext
from typing import Final
from urllib.parse import unquote_to_bytes

from dayleaf.commands.check import feeds, markup
from dayleaf.commands.check.address import BLANK, ELSEWHERE, HERE, Miss, Resolver, SiteAddress
from dayleaf.commands.check.audit import Fault
from dayleaf.commands.check.ledger import FaultLedger

NOT_FOUND: Final = b"404.html"
SITEMAP_ADDRESSES: Final = 50_000
SITEMAP_BYTES: Final = 50 * 2**20

# An anchor's first page and its number of links are one integer, the page in the high bits: two
# hundred thousand tuples would cost three times the memory.
_SHIFT: Final = 40
_COUNT: Final = (1 << _SHIFT) - 1

# Nearly all links go to a few thousand days; 65,536 answers hold those, in about 15 MB.
_ANSWERS: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class CheckedSite:
    """What a process needs to know of the site."""

    root: bytes
    files: tuple[bytes, ...]
    """Sorted; a file's place here is its number."""
    home: SiteAddress
    others: Mapping[bytes, bytes] = field(default_factory=dict)
    """By the path of its root the folder of each other part of the archive, if it is built here."""


@dataclass(slots=True)
class Sight:
    """What was seen in some of the documents; filled in as they are read."""

    pages: int = 0
    links: int = 0
    anchors: int = 0
    external: int = 0
    id_count: int = 0
    ids: dict[int, bytes] = field(default_factory=dict)
    """The ids of each page, with NUL between them, by the page's number."""
    wanted: dict[int, dict[bytes, int]] = field(default_factory=dict)
    """By the number of a page: the fragments linked to, with first page and count."""
    ledger: FaultLedger = field(default_factory=FaultLedger)

    def join(self, other: Sight) -> None:
        """Add what was seen in other documents."""
        self.pages += other.pages
        self.links += other.links
        self.anchors += other.anchors
        self.external += other.external
        self.id_count += other.id_count
        self.ids.update(other.ids)
        self.ledger.join(other.ledger)
        for target, theirs in other.wanted.items():
            ours = self.wanted.setdefault(target, {})
            for fragment, packed in theirs.items():
                known = ours.get(fragment, packed & ~_COUNT)
                first = min(known, packed) & ~_COUNT
                ours[fragment] = first + (known & _COUNT) + (packed & _COUNT)


def look(site: CheckedSite, *, jobs: int, context: BaseContext | None = None) -> Sight:
    """Read every document of the site in `jobs` processes, started as `context` says."""
    if jobs == 1:
        return scan(site, 0, 1)
    sight = Sight()
    with ProcessPoolExecutor(jobs, context) as pool:
        # Documents are dealt out like cards: neighbours are alike, so the batches are equal.
        for batch in [pool.submit(scan, site, part, jobs) for part in range(jobs)]:
            sight.join(batch.result())
    return sight


def scan(site: CheckedSite, part: int, parts: int) -> Sight:
    """Read every document whose place among the documents is `part`, modulo `parts`."""
    numbers = {path: number for number, path in enumerate(site.files)}
    resolver = Resolver(numbers, site.home, site.others)
    reader = _DocumentReader(site, resolver, lru_cache(_ANSWERS)(resolver.resolve))
    documents = [number for number, path in enumerate(site.files) if _is_document(path)]
    for number in documents[part::parts]:
        reader.visit(number)
    return reader.sight


def broken_anchors(sight: Sight, files: Sequence[bytes]) -> FaultLedger:
    """Hold the anchors that pages want of each other against the ids that there are.

    `sight` is of all documents. A page that could not be read is asked for nothing.
    """
    ledger = FaultLedger()
    for target, tally in sight.wanted.items():
        if target in sight.ids:
            for fragment in absent(tally, set(sight.ids[target].split(b"\0"))):
                about, page = anchor(files[target], fragment), files[tally[fragment] >> _SHIFT]
                times = tally[fragment] & _COUNT
                ledger.note(Fault.BROKEN_ANCHOR, about, page=page, times=times)
    return ledger


def absent(fragments: Iterable[bytes], ids: Container[bytes]) -> Iterator[bytes]:
    """Yield those fragments that no id answers, and that are not the top of a page either."""
    for fragment in fragments:
        name = fragment.partition(b":~:")[0]  # what follows asks to highlight text
        known = not name or name in ids or name.lower() == b"top"
        if not known and unquote_to_bytes(name) not in ids:
            yield fragment


def anchor(page: bytes, fragment: bytes) -> bytes:
    """Return what a ledger says that a broken anchor is about."""
    return page + b"\0" + fragment


def _is_document(path: bytes) -> bool:
    return path.endswith((b".html", b".xml", b"/feed.json")) or path == b"feed.json"


@dataclass(frozen=True, slots=True)
class _DocumentReader:
    """Reads documents, one after another, into its sight."""

    site: CheckedSite
    resolver: Resolver
    resolve: Callable[[bytes | None, bytes], int | Miss]
    """The resolver's own, with a memory."""
    sight: Sight = field(default_factory=Sight)
    blobs: dict[bytes, bytes] = field(default_factory=dict)
    """Equal lists of ids are kept once: most authors' pages have the same."""

    def visit(self, number: int) -> None:
        """Read one document."""
        path = self.site.files[number]
        note = self.sight.ledger.note
        try:
            with FileIO(self.site.root + b"/" + path) as file:
                document = file.readall()
        except OSError as error:
            note(Fault.UNREADABLE, f"cannot be read: {error.strerror}".encode(), page=path)
            return
        if path.endswith(b".html"):
            marks = markup.read(document)
            self.sight.pages += 1
            self.keep(number, marks.ids)
        elif path.endswith(b".xml"):
            marks = feeds.read_xml(document)
            self.admit(path, marks.listed, size=len(document))
        else:
            marks = feeds.read_json(document)
        if marks.flaw is not None:
            note(Fault.MALFORMED, marks.flaw.encode(), page=path)
        self.follow(number, marks)

    def keep(self, number: int, ids: list[bytes]) -> None:
        """Remember the ids of a page; note those that stand in it twice."""
        blob = b"\0".join(ids)
        self.sight.ids[number] = self.blobs.setdefault(blob, blob)
        self.sight.id_count += len(ids)
        if len(set(ids)) < len(ids):
            page = self.site.files[number]
            for name, times in Counter(ids).items():
                if times > 1:
                    about = anchor(page, name)
                    self.sight.ledger.note(Fault.DUPLICATE_ID, about, page=page, times=times)

    def admit(self, path: bytes, listed: tuple[bytes, ...], *, size: int) -> None:
        """Hold a sitemap against the protocol, and its addresses against the site's own."""
        note = self.sight.ledger.note
        if len(listed) > SITEMAP_ADDRESSES or (listed and size > SITEMAP_BYTES):
            about = f"{len(listed):,} addresses in {size:,} bytes"
            note(Fault.SITEMAP_LIMIT, about.encode(), page=path)
        if self.site.home.origin:
            for link in listed:
                if b"://" not in link or self.resolver.locate(b"", link) == ELSEWHERE:
                    origin = b"/".join(link.split(b"/")[:3])
                    note(Fault.FOREIGN, origin, page=path, link=link)

    def follow(self, number: int, marks: markup.Marks) -> None:
        """Resolve the links of a document; remember which anchors they name."""
        page = self.site.files[number]
        place = self.place(page, marks.base)
        if place is None:
            self.sight.external += len(marks.links)
            return
        folder, leaf = place
        start = number << _SHIFT
        sight, wanted, resolve = self.sight, self.sight.wanted, self.resolve
        own: list[bytes] = []
        for link in (*marks.links, *marks.listed):
            path, _, fragment = link.strip(BLANK).partition(b"#")
            if leaf and path[:1] in b"?":  # nothing, or only a query
                path = leaf
            target = resolve(folder, path)
            if isinstance(target, Miss):
                sight.links += 1
                sight.ledger.note(target.fault, target.about, page=page, link=link)
                continue
            if target == ELSEWHERE:
                sight.external += 1
                continue
            sight.links += 1
            if not fragment:
                continue
            sight.anchors += 1
            if target in (HERE, number):
                own.append(fragment)
            else:
                tally = wanted.setdefault(target, {})
                tally[fragment] = tally.get(fragment, start) + 1
        if own and number in sight.ids:
            for fragment in absent(own, set(sight.ids[number].split(b"\0"))):
                sight.ledger.note(Fault.BROKEN_ANCHOR, anchor(page, fragment), page=page)

    def place(self, page: bytes, base: bytes | None) -> tuple[bytes | None, bytes] | None:
        """Return the folder that links are seen from and what a link without path means.

        None where `<base>` lies on another site.
        """
        folder = None if page == NOT_FOUND else page[: page.rfind(b"/") + 1]
        if base is None:
            return folder, b""
        where = self.resolver.locate(folder, base.partition(b"#")[0])
        if isinstance(where, Miss):
            self.sight.ledger.note(where.fault, where.about, page=page, link=base)
        elif isinstance(where, bytes):
            cut = where.rfind(b"/") + 1
            return where[:cut], where[cut:] or b"./"
        return None if where == ELSEWHERE else (folder, b"")
