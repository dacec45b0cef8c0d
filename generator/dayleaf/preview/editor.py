"""Opens a layout in the designer's editor, as `$VISUAL` or `$EDITOR` names it."""

from __future__ import annotations

import os
import shlex
import subprocess
import threading
from pathlib import Path

# What runs in a terminal would fight with the preview for this one.
_IN_TERMINALS = frozenset(
    "vi vim nvim nano pico ed emacs-nox joe jed mcedit micro helix hx kak ne less".split()
)
_GOTO = frozenset("code codium code-insiders cursor".split())
_COLON = frozenset("subl sublime_text zed atom".split())
_PLUS = frozenset("gvim mvim emacs emacsclient gedit kate".split())


def open_file(file: Path, line: int) -> str:
    """Open a file at a line, and say what was done, or what to do instead."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    place = f"{file}:{line}"
    if not command:
        return f"Neither $VISUAL nor $EDITOR is set. The file is {place}"
    name = Path(command[0]).stem
    if name in _IN_TERMINALS or (name == "emacs" and "-nw" in command):
        return f"{name} wants a terminal of its own: {name} +{line} {shlex.quote(str(file))}"
    try:
        process = subprocess.Popen(  # noqa: S603 - the command is the user's own
            [*command, *_place(name, file, line)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"{command[0]} could not be started: {error.strerror}. The file is {place}"
    threading.Thread(target=process.wait, daemon=True).start()  # or it stays on as a zombie
    return f"Opened in {name}"


def _place(name: str, file: Path, line: int) -> list[str]:
    """Return how an editor wants to be told of a file and line."""
    if name in _GOTO:
        return ["--goto", f"{file}:{line}"]
    if name in _COLON:
        return [f"{file}:{line}"]
    if name in _PLUS:
        return [f"+{line}", str(file)]
    return [str(file)]
