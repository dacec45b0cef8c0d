"""A whole site in a string, for tests: files behind `-- path --` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from dayleaf.base import config
from dayleaf.build import BuildOptions, build, progress
from dayleaf.build.report import Report

_FILE = re.compile(r"^-- (?P<path>\S+) --\n", re.MULTILINE)


def record(
    arxiv_id: str = "2112.10046",
    *,
    version: int = 1,
    title: str = "Tides in a Teacup",
    authors: str = "Ada Quill, Bo Fenn",
    categories: str = "**cs.CV**, cs.LG",
    day: str = "2021-12-19",
    comment: str = "None",
    journal: str = "None",
    summary: str = "We look into a teacup and see the tide.",
) -> str:
    """Return a record as today's archives write it."""
    return (
        f"### {title}\n"
        f"- **Arxiv ID**: http://arxiv.org/abs/{arxiv_id}v{version}\n"
        "- **DOI**: None\n"
        f"- **Categories**: {categories}\n"
        f"- **Links**: [PDF](http://arxiv.org/pdf/{arxiv_id}v{version})\n"
        f"- **Published**: {day} 02:50:23+00:00\n"
        f"- **Updated**: {day} 02:50:23+00:00\n"
        f"- **Authors**: {authors}\n"
        f"- **Comment**: {comment}\n"
        f"- **Journal**: {journal}\n"
        f"- **Summary**: {summary}\n\n\n\n"
    )


def digest(*records: str, day: str = "2021-12-19", archive: str = "cs.CV") -> str:
    """Return a digest of some records."""
    return f"# Arxiv Papers in {archive} on {day}\n{''.join(records)}"


def path(day: str, archive: str = "cs.CV") -> str:
    """Return where an archive keeps the digest of a day, below the site's folder."""
    year, month, _ = day.split("-")
    return f"content/{archive}/{year}/{month}/{day.replace('-', '')}.md"


@dataclass
class Site:
    """A site folder in a temporary place."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def edit(self, name: str, text: str) -> Site:
        """Write a file below the site's folder."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return self

    def remove(self, name: str) -> Site:
        """Remove a file below the site's folder."""
        (self.folder / name).unlink()
        return self

    def build(self, *, search: bool = False, jobs: int = 1) -> Report:
        """Build the site."""
        settings = config.load(self.folder, overrides=dict(self.settings))
        return build(settings, BuildOptions(jobs, search=search), progress.Silent())

    @property
    def public(self) -> Path:
        """The output folder."""
        return self.folder / "public"

    def read(self, address: str) -> str:
        """Return the page at an address, `/2021/12/19/`."""
        name = address.lstrip("/")
        file = self.public / (f"{name}index.html" if not name or name.endswith("/") else name)
        return file.read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return every file of the built site."""
        return {
            file.relative_to(self.public).as_posix(): file.read_bytes()
            for file in sorted(self.public.rglob("*"))
            if file.is_file()
        }


def site(folder: Path, text: str) -> Site:
    """Lay a site out from a string."""
    made = Site(folder)
    marks = list(_FILE.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends[-len(marks) :], strict=False):
        made.edit(mark["path"], text[mark.end() : end])
    return made


def small(folder: Path) -> Site:
    """Return a site of three days, five papers and a README."""
    made = Site(folder)
    made.edit("content/README.md", "# Digests\n\nOne a day.\n")
    made.edit(path("2021-12-19"), digest(record(), record("2112.10047", title="Slow Rivers")))
    made.edit(
        path("2021-12-20"),
        digest(
            record("2112.10100", day="2021-12-20", authors="Ada Quill"),
            record("cs/9901001", day="2021-12-20", authors="Zoë Ådal, Bo Fenn", title="Old Ways"),
            day="2021-12-20",
        ),
    )
    made.edit(
        path("2022-01-03"),
        digest(
            record("2201.00001", day="2022-01-03", categories="**eess.IV**, cs.CV, 68T45, I.4.6"),
            day="2022-01-03",
        ),
    )
    return made
