"""What we export, in the hands of others: two parsers of BibTeX, and TeX itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from dayleaf.site.exports.references import unpack
from tests.sites import Site

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[2] / "content"
PAPERS = 5_000
SET = 500
"""Papers that TeX sets."""
TOOLS = ("pdflatex", "bibtex", "biber")
ENTRIES = """async ([paths, root, dialect]) => {
    const { references } = await import(`${root}assets/references.js`);
    const { bibtex } = await import(`${root}assets/citation.js`);
    return bibtex(await references(paths, root), dialect);
}"""


def some_days(content: Path, *, papers: int) -> list[Path]:
    """Return digests spread evenly over an archive that hold about so many papers."""
    digests = sorted(content.rglob("*.md"))
    counts = {one: one.read_bytes().count(b"\n## ") for one in digests}
    step = max(sum(counts.values()) // papers, 1)
    return digests[::step]


@pytest.fixture(
    scope="module",
    params=["sample", pytest.param("archive", marks=[pytest.mark.archive, pytest.mark.slow])],
)
def host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Host, list[str]]]:
    """Serve papers, each with its path: those of the sample, and thousands of the archive."""
    content = SAMPLE
    if request.param == "archive":
        if not os.environ.get("DIGESTS"):
            pytest.skip("DIGESTS is not set: name the folder of the unpacked archive")
        content = Path(os.environ["DIGESTS"])
    made = Site(tmp_path_factory.mktemp("bibtex"))
    made.edit("site.toml", "[authors]\nminimum = 10000\n")
    for file in some_days(content, papers=PAPERS):
        made.edit(f"content/{file.relative_to(content)}", file.read_text(encoding="utf-8"))
    made.build()
    paths = [
        f"{file.parent.relative_to(made.public).as_posix()}/#{row[0]}"
        for file in sorted(made.public.rglob("papers.bin"))
        for row in unpack(file.read_bytes())
    ]
    with serve(made.public) as served:
        yield served, paths


@pytest.fixture
def page(chromium: Any, host: tuple[Host, list[str]]) -> Iterator[Any]:
    made = chromium.new_page()
    made.goto(f"{host[0].url}reading-list/")
    yield made
    made.close()


def exported(page: Any, host: tuple[Host, list[str]], dialect: str, papers: int = PAPERS) -> str:
    served, paths = host
    chosen = paths[:: max(len(paths) // papers, 1)]
    return str(page.evaluate(ENTRIES, [chosen, served.url, dialect]))


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_parsers_take_every_entry(page: Any, host: tuple[Host, list[str]], dialect: str) -> None:
    """Without a complaint: no key twice, braces balanced, names that come apart."""
    pybtex = pytest.importorskip("pybtex.database")
    bibtexparser = pytest.importorskip("bibtexparser")
    text = exported(page, host, dialect)
    count = len(host[1][:: max(len(host[1]) // PAPERS, 1)])
    read = pybtex.parse_string(text, "bibtex")  # raises on an entry that is repeated or broken
    assert len(read.entries) == count
    people = [one for entry in read.entries.values() for one in entry.persons.get("author", ())]
    assert all(person.last_names for person in people)
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert len(library.entries) == count


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_tex_sets_them(
    page: Any, host: tuple[Host, list[str]], dialect: str, tmp_path: Path
) -> None:
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    found = subprocess.run(["kpsewhich", f"{dialect}.sty"], capture_output=True, check=False)
    if dialect == "biblatex" and found.returncode:
        pytest.skip("not installed: biblatex")
    text = exported(page, host, dialect, SET)
    (tmp_path / "papers.bib").write_text(text, encoding="utf-8")
    old = dialect == "bibtex"
    packages = "" if old else "\\usepackage[backend=biber]{biblatex}\\addbibresource{papers.bib}"
    listing = "\\bibliographystyle{plain}\\bibliography{papers}" if old else "\\printbibliography"
    (tmp_path / "main.tex").write_text(
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{amsmath,amssymb,textcomp}"
        f"\\usepackage{{hyperref}}{packages}\\begin{{document}}\\nocite{{*}}{listing}\\end{{document}}",
        encoding="utf-8",
    )
    latex = ["pdflatex", "-interaction=nonstopmode", "main"]
    for command in (latex, ["bibtex" if old else "biber", "main"], latex, latex):
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=300)
    log = (tmp_path / "main.log").read_text(encoding="latin-1")
    second = (tmp_path / "main.blg").read_text(encoding="utf-8", errors="replace")
    faults = [line for line in log.splitlines() if line.startswith("!")]
    assert [line for line in faults if "Unicode character" not in line] == []
    # Letters that no font of this TeX has are its matter; they are few.
    assert len(faults) <= len(text) // 20_000
    complaints = [
        line for line in second.splitlines() if "ERROR" in line or "error message" in line
    ]
    assert complaints == []
    assert (tmp_path / "main.bbl").read_text(encoding="utf-8").count(
        "\\bibitem" if old else "\\entry{"
    ) == text.count("\n@") + text.startswith("@")
