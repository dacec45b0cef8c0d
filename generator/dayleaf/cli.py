"""The command line: parses, prints, exits. No logic of its own."""

from __future__ import annotations

import argparse
import io
import json
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import shtab

from dayleaf import __version__
from dayleaf.base import base_urls, config, parallel
from dayleaf.base.errors import ConfigError, DayleafError, Finding, printable
from dayleaf.build import BuildOptions, build, progress, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dayleaf.base.config import Config
    from dayleaf.build.report import Report
    from dayleaf.commands.publish import PublishReport

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
_SHOWN_PROBLEMS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows no ß, or no 王, shows its number instead of a traceback.
            stream.reconfigure(errors="backslashreplace")
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except DayleafError as error:
        print(f"dayleaf: {printable(str(error))}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(f"dayleaf: interrupted; {options.interrupted}", file=sys.stderr)
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="dayleaf",
        description="A static site from daily digests.",
        epilog="The documents lie in docs/ of Dayleaf's repository: settings.md has every setting"
        " of site.toml, formats.md what digests may look like, hosting.md the hosts and their"
        " limits, search.md what readers can ask, layouts.md how to change the pages.",
    )
    shtab.add_argument_to(
        top, "--print-completion", help="print what completes commands in a shell"
    )
    top.set_defaults(interrupted="the published site is as it was")
    top.add_argument("--version", action="version", version=f"dayleaf {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    make = commands.add_parser("build", help="build the site", description="Build the site.")
    _site_options(make)
    make.add_argument("--no-search", action="store_true", help="leave the search index out")
    make.add_argument(
        "--strict", action="store_true", help="exit with 1 if the digests have problems"
    )
    make.add_argument(
        "--no-wait", action="store_true", help="fail instead of waiting for another build"
    )
    make.add_argument("--json", action="store_true", help="print one JSON object with the figures")
    _volume_option(make)
    make.set_defaults(run=_build)

    serve = commands.add_parser(
        "serve",
        help="live preview",
        description="Serve the site, each page from its current files.",
    )
    _site_options(serve)
    serve.add_argument("--port", type=int, default=8000, metavar="N", help="default: 8000")
    serve.add_argument("--host", default="127.0.0.1", metavar="NAME", help="default: 127.0.0.1")
    serve.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="answer to this name too; .app.github.dev means all names below it",
    )
    serve.add_argument(
        "--poll", action="store_true", help="check for edits, on drives that report none"
    )
    serve.add_argument("--open", action="store_true", help="open a browser")
    serve.add_argument("--no-search", action="store_true", help="leave the search index out")
    serve.set_defaults(run=_serve)

    check = commands.add_parser(
        "check",
        help="verify a built site",
        description="Verify links, anchors, identifiers and the host's limits of a built site.",
    )
    _site_options(check)
    check.add_argument(
        "--archive",
        action="store_true",
        help="account for every record of the digests, and compare the site with them",
    )
    check.add_argument(
        "--hosts", action="store_true", help="list for every host whether the site would fit"
    )
    check.add_argument(
        "--volumes", action="store_true", help="ask the addresses of the volumes for what is there"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    _volume_option(check)
    check.set_defaults(run=_check)

    publish = commands.add_parser(
        "publish",
        help="send the built site to object storage or a server",
        description="Send changed files, delete obsolete ones. Name the place as rclone does.",
    )
    publish.add_argument("to", nargs="?", metavar="REMOTE:PATH", help="default: publish.to")
    publish.add_argument("--output", type=Path, metavar="DIR", help="the folder of the built site")
    publish.add_argument(
        "--dry-run", action="store_true", help="print the changes without making them"
    )
    publish.add_argument(
        "--prune", action="store_true", help="also delete files that cannot belong to the site"
    )
    publish.add_argument("--json", action="store_true", help="print one JSON object")
    _volume_option(publish)
    publish.set_defaults(
        run=_publish, interrupted="run it again: it sends the files that the place lacks"
    )

    init = commands.add_parser(
        "init", help="start a new site", description="Start a new site in a folder."
    )
    init.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="DIR")
    init.add_argument(
        "--explain", type=Path, metavar="FILE", help="print how a digest is read; write nothing"
    )
    init.add_argument("--format", metavar="NAME", help="start with an example: see docs/formats.md")
    init.set_defaults(run=_init)
    return top


def _site_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--content", type=Path, metavar="DIR", help="the digests' folder")
    command.add_argument("--output", type=Path, metavar="DIR", help="the folder to write to")
    command.add_argument("--base-url", metavar="URL", help="where the site will be hosted")
    command.add_argument(
        "--jobs", type=_positive, default=parallel.processors(), metavar="N", help="processes"
    )


def _volume_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--volume", metavar="NAME", help="a volume in place of the site")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"expected a whole number from 1 on, found {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _config(options: argparse.Namespace) -> Config:
    overrides = {"content": options.content, "output": options.output, "base_url": options.base_url}
    return _of_volume(config.load(Path.cwd(), overrides=overrides), options)


def _of_volume(settings: Config, options: argparse.Namespace) -> Config:
    """Return the settings of the volume that is asked for, if one is."""
    name: str | None = getattr(options, "volume", None)
    if name is None:
        return settings
    output = settings.output if options.output else None
    if output == config.own_output(settings.site):
        wanted = "a folder that is not the site's own"
        raise ConfigError(Finding(repr(str(options.output)), wanted, about="--output"))
    return config.of_volume(settings, name, output=output)


def _build(options: argparse.Namespace) -> int:
    settings = _config(options)
    wait = None if options.no_wait else _say
    with progress.choose() as shown:
        report = build(settings, BuildOptions(options.jobs, not options.no_search, wait), shown)
    print(_summary(report, settings), file=sys.stderr)
    if options.json:
        print(json.dumps(report.as_json()))
    failed = report.problems or not report.fits
    return FAILED if options.strict and failed else DONE


def _say(text: str) -> None:
    print(f"dayleaf: {text}", file=sys.stderr)


def _summary(report: Report, settings: Config) -> str:
    """Describe a build, problems first, so that the figures stand at the end."""
    lines = [f"  {problem}" for problem in report.problems[:_SHOWN_PROBLEMS]]
    if len(report.problems) > _SHOWN_PROBLEMS:
        file = settings.cache / "problems.txt"
        lines.append(f"  … and {len(report.problems) - _SHOWN_PROBLEMS:,} more, see {file}")
    if lines:
        lines.insert(0, f"{_count(len(report.problems), 'problem')} in the digests:")
    if report.passed_over:
        passed = ", ".join(map(printable, report.passed_over))
        lines.append(
            f"Passed over, not a format that Dayleaf knows (see docs/formats.md): {passed}"
        )
    totals = report.totals
    lines.append(
        f"{_count(totals.records + totals.unread, 'record')} in"
        f" {_count(totals.digests, 'digest')} = {totals.papers:,} published +"
        f" {totals.merged:,} merged + {totals.refused:,} refused +"
        f" {totals.unread:,} not understood"
    )
    lines.append(
        f"{_count(totals.days, 'day')}, {_count(totals.authors, 'author')},"
        f" {_count(totals.categories, 'category')}, {_count(totals.subjects, 'subject class')}"
    )
    files = list(report.kinds.values())
    written, unchanged = sum(f.written for f in files), sum(f.unchanged for f in files)
    lines.append(
        f"{_count(written + unchanged, 'file')}: {written:,} written, {unchanged:,} unchanged;"
        f" {report.deleted:,} deleted; {_sizes(report)}"
    )
    lines += report.fit.lines
    lines += _hints(settings)
    phases = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.seconds.items())
    lines.append(f"{settings.output}: built in {sum(report.seconds.values()):.1f} s ({phases})")
    return "\n".join(lines)


def _hints(settings: Config) -> list[str]:
    """Return advice that depends on the base URL."""
    if not settings.base_url:
        hint = (
            "base_url is not set: feeds link to the papers' own addresses, and the site has "
            "neither a sitemap nor opensearch.xml"
        )
        return [f"{hint}; set it in site.toml, or with --base-url"]
    path = base_urls.path(settings.address)
    if path != "/":
        hint = f"below {path} no crawler reads robots.txt"
        return [f"{hint}: submit {settings.address}sitemap.xml to search engines by hand"]
    return []


def _count(number: int, noun: str) -> str:
    """`1 record`, `2,000 records`, `3 classes`."""
    if number == 1:
        return f"1 {noun}"
    many = {"category": "categories", "subject class": "subject classes"}.get(noun, f"{noun}s")
    return f"{number:,} {many}"


def _sizes(report: Report) -> str:
    """Return the size of the site, by kind of page."""
    kinds = sorted(report.kinds.items(), key=lambda pair: -pair[1].size)
    total = sum(files.size for files in report.kinds.values())
    return f"{_megabytes(total)} (" + ", ".join(f"{k} {_megabytes(f.size)}" for k, f in kinds) + ")"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _serve(options: argparse.Namespace) -> int:
    from dayleaf.preview import server  # noqa: PLC0415 - it is not loaded for a build

    server.serve(
        _config(options),
        BuildOptions(options.jobs, search=not options.no_search),
        server.ServerAddress(options.host, options.port, tuple(options.allow_host), options.poll),
        browser=options.open,
    )
    return DONE


def _check(options: argparse.Namespace) -> int:
    from dayleaf.commands import check  # noqa: PLC0415 - not loaded for a build

    settings = _config(options)
    if options.volumes:
        return _ask_volumes(settings, options)
    if options.hosts:
        return _print_hosts(settings, options)
    if options.archive:
        return _take_accounts(settings, options)
    base_url = settings.address or check.guess_base_url(settings.output)
    parts = config.parts(settings)
    report = check.check(
        settings.output,
        jobs=options.jobs,
        host=settings.host,
        base_url=base_url,
        others={part: folder for part, folder in parts.items() if part not in {base_url, ""}},
    )
    if options.json:
        print(json.dumps(asdict(report)))
        return FAILED if report.findings else DONE
    for finding in report.findings:
        print(printable(str(finding)))
    print("\n".join([report.summary(), *_hints(settings)]), file=sys.stderr)
    return FAILED if report.findings else DONE


def _print_hosts(settings: Config, options: argparse.Namespace) -> int:
    from dayleaf.build import fit, work  # noqa: PLC0415 - not loaded for a build
    from dayleaf.catalog import Catalog  # noqa: PLC0415

    _read(settings, options)
    with closing(Catalog(settings.cache / work.CATALOG)) as catalog:
        print("\n".join(fit.table(settings, catalog, search=True)))
    return DONE


def _ask_volumes(settings: Config, options: argparse.Namespace) -> int:
    from dayleaf.commands import volumes  # noqa: PLC0415 - not loaded for a build

    _read(settings, options)
    states = volumes.ask(settings)
    if options.json:
        print(json.dumps([state._asdict() for state in states]))
    else:
        print("\n".join(printable(str(state)) for state in states))
    return FAILED if any(state.wrong for state in states) else DONE


def _take_accounts(settings: Config, options: argparse.Namespace) -> int:
    from dayleaf.commands import accounts  # noqa: PLC0415 - not loaded for a build

    _read(settings, options)
    account = accounts.take(settings, jobs=options.jobs)
    if options.json:
        print(json.dumps(account.as_json()))
    else:
        print("\n".join(map(printable, account.lines())))
    return DONE if account.is_sound() else FAILED


def _read(settings: Config, options: argparse.Namespace) -> None:
    """Bring the catalog up to date, without a page."""
    with progress.choose() as shown:
        read(settings, BuildOptions(options.jobs, wait=_say), shown)


def _publish(options: argparse.Namespace) -> int:
    from dayleaf.commands import publish  # noqa: PLC0415 - not loaded for a build

    settings = config.load(Path.cwd(), overrides={"output": options.output})
    settings = _of_volume(settings, options)
    to = options.to or settings.publish_to
    if not to:
        raise ConfigError(Finding("neither", "REMOTE:PATH, or publish.to in site.toml"))
    wanted = publish.PublishOptions(options.dry_run, options.prune, _say)
    with progress.choose() as shown:
        report = publish.publish(settings, publish.Destination(to), shown, options=wanted)
    if options.json:
        print(json.dumps(asdict(report)))
    print(_published(report, to, dry_run=options.dry_run), file=sys.stderr)
    return DONE


def _published(report: PublishReport, to: str, *, dry_run: bool) -> str:
    """Describe a publication, or its dry run."""
    would = "would be " * dry_run
    summary = (
        f"{to}: {_count(report.sent, 'file')} ({_megabytes(report.sent_bytes)}) {would}sent, "
        f"{report.deleted:,} ({_megabytes(report.deleted_bytes)}) {would}deleted, "
        f"{report.unchanged:,} unchanged, in {report.seconds:.1f} s"
    )
    if report.foreign:
        named = ", ".join(map(printable, report.some_foreign))
        more = ", …" * (report.foreign > len(report.some_foreign))
        summary += (
            f"\nLeft alone, because they cannot belong to the site: {named}{more} "
            f"({_count(report.foreign, 'file')}; --prune deletes them)"
        )
    return summary


def _init(options: argparse.Namespace) -> int:
    from dayleaf.commands import explain, scaffold  # noqa: PLC0415 - not loaded for a build

    if options.explain:
        for line in explain.explain(options.folder, options.explain):
            print(printable(line))
        return DONE
    if options.format not in {None, *scaffold.formats()}:
        known = ", ".join(scaffold.formats())
        raise ConfigError(Finding(repr(options.format), f"one of {known}", about="--format"))
    for line in scaffold.create(options.folder, format_=options.format):
        print(line)
    return DONE
