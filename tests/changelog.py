"""The changelog's fragments: one Markdown file in changelog.d/ for each change.

`python -m tests.changelog` moves them into CHANGELOG.md, from the project's folder.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGELOG = "CHANGELOG.md"
FOLDER = "changelog.d"
README = "README.md"
_UNRELEASED = "## Unreleased\n"


def fragments(root: Path) -> list[Path]:
    """Return the fragments of a project's folder, by name."""
    return sorted(file for file in (root / FOLDER).iterdir() if file.name != README)


def fault(file: Path) -> str | None:
    """Return what is wrong with a fragment's form, or None."""
    text = file.read_text(encoding="utf-8")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md", file.name):
        return "expected a name of small letters, figures and hyphens that ends in .md"
    if not text.endswith("\n") or "\n" in text[:-1]:
        return "expected one paragraph on one line, with a line end"
    if not re.match(r"[A-Z`]", text):
        return "expected a sentence that begins with a capital letter or a command"
    if not text.endswith(".\n"):
        return "expected a full stop at the end"
    return None


def assembled(changelog: str, texts: list[str]) -> str:
    """Return a changelog with fragments as the first items of its unreleased part.

    Without such a part, as behind a release, one is made above all versions.
    """
    if not texts:
        return changelog
    items = "".join(f"- {text}" for text in texts)
    head, unreleased, rest = changelog.partition(_UNRELEASED)
    if not unreleased:
        head, mark, versions = changelog.partition("## ")
        return f"{head}{_UNRELEASED}\n{items}\n{mark}{versions}"
    first = re.search(r"^(?:- |## )", rest, re.MULTILINE)
    at = first.start() if first else len(rest)
    gap = "" if rest.startswith("- ", at) else "\n"
    return f"{head}{unreleased}{rest[:at]}{items}{gap}{rest[at:]}"


def collect(root: Path) -> int:
    """Move a project's fragments into its changelog; return how many there were."""
    files = fragments(root)
    changelog = root / CHANGELOG
    texts = [file.read_text(encoding="utf-8") for file in files]
    changelog.write_text(
        assembled(changelog.read_text(encoding="utf-8"), texts), encoding="utf-8", newline="\n"
    )
    for file in files:
        file.unlink()
    return len(files)


if __name__ == "__main__":
    sys.stdout.write(f"{collect(ROOT)} fragments moved into {CHANGELOG}\n")
