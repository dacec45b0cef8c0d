"""Papers in text that people wrote, by its structure: what Markdown notes and HTML posts share.

    outline.py     the values: runs, lines, blocks, and what holds them
    html.py        HTML -> outline
    markdown.py    Markdown -> outline, by markdown-it-py
    front.py       front matter -> fields
    vocabulary.py  what labels and headings mean, in eight languages
    sightings.py   where identifiers of papers stand
    titles.py      which title each of them belongs to
    fields.py      what the stretch below a title says
    papers.py      all of it: outline -> records

The outline is flat: blocks in the order of the file. A paper is a title and the stretch of lines
that it heads; a title is the nearest heading, linked or bold text above an identifier that can be
one.
"""
