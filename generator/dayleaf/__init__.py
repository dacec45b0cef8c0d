"""Dayleaf turns an archive of daily paper digests into a searchable static site.

Its rooms, each of which knows only those above it:

    base/      settings, errors, dates, processes
    text/      the text of papers, made safe
    archive/   papers, and what names and sorts them
    readers/   digest formats
    catalog/   the archive in SQLite
    site/      pages, views, exports
    render/    layouts
    search/    the search index
    assets/    scripts, styles, the offline worker
    build/     what has changed, and the order of work
    commands/  check, publish, init
    preview/   the live preview
    cli.py     the command line
"""

__version__ = "0.1.0"
