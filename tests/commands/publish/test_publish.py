"""Publishing to a real S3 server: what arrives, in which order, and what a kill leaves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from dayleaf import cli
from dayleaf.base import config
from dayleaf.base.errors import Finding, PublishError
from dayleaf.build import output, progress
from dayleaf.commands.publish import Destination, PublishOptions, PublishReport, publish
from dayleaf.commands.publish.headers import FileHeaders
from dayleaf.commands.publish.ledger import Remote
from tests.commands.publish.conftest import Store
from tests.sites import Site, digest, path, record, small

GENERATOR = Path(__file__).parents[3] / "generator"
NEW_DAY = digest(
    record("2201.00002", day="2022-01-04", authors="Ada Quill, Cy Moor", title="Foam on a Fjord"),
    day="2022-01-04",
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = small(tmp_path / "site")
    made.settings["base_url"] = "https://example.org/papers/"
    made.build()
    return made


def send(site: Site, store: Store, *, options: PublishOptions | None = None) -> PublishReport:
    settings = config.load(site.folder)
    there = Destination(store.to, program=store.program)
    return publish(settings, there, progress.Silent(), options=options)


def test_a_first_publication_brings_every_file(site: Site, store: Store) -> None:
    report = send(site, store)
    files = site.files()
    assert store.files() == files
    assert (report.sent, report.deleted, report.unchanged) == (len(files), 0, 0)
    assert report.sent_bytes == sum(map(len, files.values()))


def test_files_have_their_headers(site: Site, store: Store) -> None:
    site.build(search=True)
    send(site, store)
    assert store.files() == site.files()
    forever = "public, max-age=31536000, immutable"
    meta = next(name for name in store.files() if name.endswith(".pf_meta"))
    for name, kind, cache in (
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("feed.xml", "application/atom+xml", "no-cache"),
        ("feed.json", "application/feed+json", "no-cache"),
        ("sitemap.xml", "application/xml", "no-cache"),
        ("search/shards.json", "application/json", "no-cache"),
        ("search/pagefind.js", "text/javascript; charset=utf-8", "no-cache"),
        (meta, "application/octet-stream", forever),
    ):
        said = json.loads(store.run("lsjson", "--stat", "--metadata", f"{store.to}/{name}"))
        assert (said["MimeType"], said["Metadata"]["cache-control"]) == (kind, cache), name


def test_a_second_publication_sends_nothing(site: Site, store: Store) -> None:
    send(site, store)
    assert send(site, store).sent == 0


def test_a_new_day_sends_what_it_changed(site: Site, store: Store) -> None:
    """And files that a build has made anew with the same bytes do not go again."""
    send(site, store)
    before = site.files()
    site.edit(path("2022-01-04"), NEW_DAY).build()
    for file in site.public.rglob("*.css"):
        os.utime(file)
    after = site.files()
    report = send(site, store)
    assert store.files() == after
    assert report.sent == sum(before.get(name) != data for name, data in after.items())
    assert report.deleted == len(before.keys() - after.keys())
    assert 0 < report.sent < len(after)


def test_a_deletion_deletes_pages_and_leaves_what_is_not_ours(site: Site, store: Store) -> None:
    send(site, store)
    store.put("notes/of-the-host.txt", b"mine")
    site.remove(path("2022-01-03")).build()
    report = send(site, store)
    assert report.deleted > 0
    assert report.some_foreign == ("notes/of-the-host.txt",)
    assert store.files() == site.files() | {"notes/of-the-host.txt": b"mine"}
    assert send(site, store, options=PublishOptions(prune=True)).deleted == 1
    assert store.files() == site.files()


def test_the_place_itself_is_asked(site: Site, store: Store) -> None:
    """What others have changed there, or removed, goes again, even where its size is the same."""
    send(site, store)
    home = site.files()["index.html"]
    store.put("index.html", bytes(reversed(home)))
    store.run("deletefile", f"{store.to}/days/index.html")
    assert send(site, store).sent == 2
    assert store.files() == site.files()


def test_a_dry_run_does_nothing(site: Site, store: Store) -> None:
    planned = send(site, store, options=PublishOptions(dry_run=True))
    assert store.files() == {}
    sent = send(site, store)
    assert (planned.sent, planned.sent_bytes) == (sent.sent, sent.sent_bytes)


def test_a_place_of_others_is_refused(site: Site, store: Store) -> None:
    store.put("index.html", b"another site")
    with pytest.raises(PublishError, match="found 1 file without the mark"):
        send(site, store)
    assert store.files() == {"index.html": b"another site"}


class Broken(Destination):
    """A place in a folder, which breaks off in the middle of a step; rclone has no part in it."""

    sums, window = False, -1

    def __init__(self, folder: Path, *, after: int) -> None:
        self.name = str(folder)
        self.folder = folder
        self.left = after
        """Steps that are done before it does."""

    def files(self) -> Iterator[Remote]:
        for file in self.folder.rglob("*"):
            if file.is_file():
                found = file.stat()
                yield Remote(
                    file.relative_to(self.folder).as_posix(), found.st_size, found.st_mtime_ns, None
                )

    def send(self, root: Path, paths: Iterable[str], *, headers: FileHeaders) -> Iterator[int]:
        for name in self.half(list(paths)):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, self.folder / name)
        yield from ()

    def delete(self, paths: list[str], *, emptied: list[str]) -> None:
        for name in self.half(paths):
            (self.folder / name).unlink()

    def half(self, paths: list[str]) -> Iterator[str]:
        """Yield all of the paths, or the first half of them and then an error."""
        self.left -= 1
        yield from paths if self.left >= 0 else paths[: len(paths) // 2]
        if self.left < 0:
            raise PublishError(Finding("broken off"))


class Links(HTMLParser):
    """What a page links to, and what can be linked to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found |= {given[name] or "" for name in ("href", "src") if name in given}
        self.ids.add(given.get("id") or "")


def dangling(files: dict[str, bytes]) -> set[str]:
    """Walk through what a reader can reach from the home page; return links that lead nowhere."""
    pages: dict[str, Links] = {}
    waiting, lost = ["index.html"] if "index.html" in files else [], set[str]()
    while waiting:
        name = waiting.pop()
        pages[name] = Links(files[name].decode())
        for link in pages[name].found:
            parts = urlsplit(urljoin(f"https://example.org/papers/{name}", link))
            if parts.netloc != "example.org":
                continue
            target = unquote(parts.path).removeprefix("/papers/")
            target += "index.html" if not target or target.endswith("/") else ""
            if target not in files:
                lost.add(f"{name} -> {target}")
            elif target.endswith(".html") and target not in pages and target not in waiting:
                waiting.append(target)
    for name, page in pages.items():
        for link in page.found:
            parts = urlsplit(urljoin(f"https://example.org/papers/{name}", link))
            target = unquote(parts.path).removeprefix("/papers/")
            target += "index.html" if not target or target.endswith("/") else ""
            if parts.netloc != "example.org" or target not in pages or not parts.fragment:
                continue
            if unquote(parts.fragment) not in pages[target].ids:
                lost.add(f"{name} -> {target}#{parts.fragment}")
    return lost


def test_the_walk_finds_a_link_that_leads_nowhere(site: Site) -> None:
    files = site.files()
    assert not dangling(files)
    del files["authors/ada-quill.html"]
    assert any(link.endswith("-> authors/ada-quill.html") for link in dangling(files))


@pytest.mark.parametrize("steps", range(16))
def test_broken_off_anywhere_no_link_leads_nowhere(site: Site, tmp_path: Path, steps: int) -> None:
    """Of a first publication, and of a change that adds, changes and deletes."""
    there = tmp_path / "there"
    settings = config.load(site.folder)
    for edition in range(2):
        if edition:
            site.edit(path("2022-01-04"), NEW_DAY).remove(path("2021-12-19")).build()
        with suppress(PublishError):
            publish(settings, Broken(there, after=steps), progress.Silent())
        assert dangling(Store(there, "").files()) == set()
        publish(settings, Broken(there, after=100), progress.Silent())
        assert Store(there, "").files() == site.files()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the system kills no groups of processes")
def test_a_killed_publication_is_completed(site: Site, store: Store) -> None:
    """Killed with rclone, in the middle: nobody can have reached a page, and no file goes twice."""
    environment = os.environ | {
        "PYTHONPATH": str(GENERATOR),
        "PATH": f"{Path(store.program).parent}{os.pathsep}{os.environ['PATH']}",
        "RCLONE_TPSLIMIT": "40",
        "RCLONE_TRANSFERS": "1",
    }
    command = [sys.executable, "-m", "dayleaf", "publish", store.to]
    running = subprocess.Popen(
        command, cwd=site.folder, env=environment, start_new_session=True, stderr=subprocess.PIPE
    )
    until = time.monotonic() + 60
    while len(store.files()) < 20 and running.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    _, said = running.communicate()
    assert running.returncode == -signal.SIGKILL, said
    there = store.files()
    assert 20 <= len(there) < len(site.files())
    assert "index.html" not in there
    assert ".nojekyll" in there
    assert send(site, store).sent <= len(site.files()) - len(there) + 1  # one may have been cut off
    assert store.files() == site.files()


def test_a_folder_is_a_place_as_well(site: Site, store: Store, tmp_path: Path) -> None:
    """There times tell files apart, and folders that a deletion empties go too."""
    there = Store(tmp_path / "www", store.program)
    to = Destination(str(there.folder), program=store.program)
    settings = config.load(site.folder)
    assert not to.sums
    publish(settings, to, progress.Silent())
    assert publish(settings, to, progress.Silent()).sent == 0
    site.remove(path("2022-01-03")).build()
    publish(settings, to, progress.Silent())
    assert there.files() == site.files()
    assert not [folder for folder in there.folder.rglob("*/") if not any(folder.iterdir())]


def test_a_failing_rclone_is_told(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RCLONE_CONFIG_PLACE_SECRET_ACCESS_KEY", "wrong" * 8)
    with pytest.raises(PublishError, match=r"rclone \w+ failed: .*run dayleaf publish again"):
        send(site, store)


def test_a_missing_rclone_is_told(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.folder)
    monkeypatch.setenv("PATH", "")
    assert cli.main(["publish", "place:papers"]) == 1
    assert "apt install rclone" in capsys.readouterr().err


def test_a_place_must_be_named(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.folder)
    assert cli.main(["publish"]) == 1
    assert "publish.to in site.toml" in capsys.readouterr().err


def test_the_settings_name_the_place(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.folder)
    monkeypatch.setenv("PATH", str(Path(store.program).parent))
    site.edit("site.toml", f'[publish]\nto = "{store.to}"\n')
    assert cli.main(["publish", "--dry-run", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["sent"] == len(site.files())
    assert f"{store.to}: {len(site.files())} files" in said.err
    assert "would be sent" in said.err


def test_half_a_site_is_not_published(
    site: Site, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither what a killed build has left, nor a folder that is no site."""

    def killed(source: Path, target: Path) -> None:
        raise KeyboardInterrupt

    site.edit(path("2022-01-04"), NEW_DAY)
    with monkeypatch.context() as patched:
        patched.setattr(output, "_move", killed)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    with pytest.raises(PublishError, match="run `dayleaf build` first"):
        send(site, store)
    with pytest.raises(PublishError, match="expected a built site, found none"):
        send(Site(tmp_path / "nothing"), store)
    assert store.files() == {}
