"""What Python decides and scripts need to know: one module of constants, `assets/facts.js`.

A number, a pattern or an order that stood in both languages would be a fact known twice. This
module gathers the constants from their owners and writes them down; it decides nothing itself and
touches no disk. The comments in what it writes are types, for the checks of the scripts; a build
leaves them out, like all comments (`scripts.lean`).
"""

from __future__ import annotations

import json

from dayleaf import search
from dayleaf.archive import name_parts, names, taxonomy, urls, words
from dayleaf.archive.venues import servers
from dayleaf.base import dates, lookup
from dayleaf.search import dictionary, fragments, lexicon, results, terms
from dayleaf.site.exports import references

NAME = "facts.js"
PATH = f"assets/{NAME}"
"""Where scripts find it, relative to the site's root."""

_SLOT = "{}"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def module() -> bytes:
    """Return the module, an export for each fact."""
    exports = (f"export const {name} = {_json(value)};\n" for name, value in _facts().items())
    return "\n".join(["// @ts-check", _types(), "".join(exports)]).encode()


def _facts() -> dict[str, object]:
    """Return the facts by the names that scripts import them by."""
    return {
        # search/results.py: the fields of a result, and what results are filtered by
        "FIELDS": [field.name for field in results.FIELDS],
        "WHOLE": [field.name for field in results.FIELDS if field.use == "whole"],
        "EXCERPT": [field.name for field in results.FIELDS if field.use == "excerpt"],
        "JOINT": results.JOINT,
        "FILTERS": [field.name for field in results.FILTERS],
        # search/dictionary.py: how bundles are packed
        "SAMPLE": dictionary.SIZE,
        "END": ord(dictionary.END),
        "ESCAPE": ord(dictionary.ESCAPE),
        "FIRST": dictionary.FIRST,
        "SHORT": dictionary.SHORT,
        # where the files of the index lie
        "SHARDS": search.SHARDS,
        "PAPER_NAMES": search.NAMES + _SLOT + "_.json",
        "NEWEST_NAMES": search.NEWEST_NAMES,
        "NAME_START": lexicon.LETTERS,
        "LONGEST_NAME": terms.LONGEST,
        "WORDS": search.WORDS,
        "WORD": terms.WORD,
        "COMMON": search.COMMON,
        "NAMINGS": search.NAMINGS,
        "LANDMARKS": urls.landmarks(_SLOT),
        "SEARCH": urls.SEARCH,
        "DICTIONARIES": search.DICTIONARIES,
        "PROGRAM": urls.SEARCH,
        "PROGRAM_VERSION": urls.PAGEFIND_VERSION,
        "WASM": search.WASM,
        "FRAGMENTS": fragments.FOLDER,
        "SIGNATURE": fragments.SIGNATURE.decode(),
        # archive/words.py: spellings of a word that are one
        "GREEK": words.GREEK,
        "SPELT": words.LETTERS,
        "SIGNS": words.SIGNS,
        "FUNCTION_WORDS": words.FUNCTION_WORDS,
        # archive/names.py: how names are folded, and what stands behind one after a comma
        "SUFFIX": names.SUFFIX,
        "LETTERS": names.LETTERS,
        "GAP": names.GAP,
        # archive/name_parts.py: who is no person, and where a family name begins
        "BODY": name_parts.BODY,
        "COMPANY": name_parts.COMPANY,
        "PARTICLES": name_parts.PARTICLES,
        "CAPITAL_PARTICLES": name_parts.CAPITAL_PARTICLES,
        "JOINING": name_parts.JOINING,
        "VIETNAMESE": name_parts.VIETNAMESE,
        # base/lookup.py: buckets of names and identifiers
        "NAME_LETTERS": lookup.LETTERS,
        "FEWER_LETTERS": lookup.FEWER,
        "OTHER_NAMES": lookup.OTHER,
        "MONTH_FIGURES": lookup.MONTH,
        "DOI_FIGURES": lookup.FIGURES,
        "QUERY_ID": lookup.QUERY_ID,
        "QUERY_DOI": lookup.QUERY_DOI,
        "QUERY_ANCHOR": lookup.QUERY_ANCHOR,
        "QUERY_ADDRESSES": lookup.QUERY_ADDRESSES,
        "ARXIV_ID": lookup.ARXIV_ID,
        "ARXIV_HOST": lookup.ARXIV_HOST,
        "ARXIV_PATH": lookup.ARXIV_PATH,
        "DOI_HOST": lookup.DOI_HOST,
        "DOI_PATH": lookup.DOI_PATH,
        "DOI_REST": lookup.DOI_REST,
        "DOI_ARTICLE": lookup.DOI_ARTICLE,
        "DOI_NUMBER": lookup.DOI_NUMBER,
        "ACL_DOI": lookup.ACL_DOI,
        "SERVER_DOI": lookup.SERVER_DOI,
        # archive/venues/servers.py: journals that are servers of preprints
        "SERVER": servers.SERVER,
        "LONGEST_SERVER": servers.LONGEST,
        # site/exports/references.py: the data of references, beside each day
        "REFERENCES": references.REFERENCES.name,
        "REFERENCE_FIELDS": list(references.FIELDS),
        # archive/urls.py: addresses, with {} for what goes into them
        "AUTHOR": urls.author(_SLOT),
        "SHARED": urls.shared(_SLOT),
        "SHARED_PLACES": urls.SHARED_PLACES,
        "NAME_BUCKET": urls.bucket(_SLOT),
        "NEWEST_BUCKET": urls.newest_bucket(_SLOT),
        "NAME_INDEX": urls.bucket("index"),
        "ID_BUCKET": urls.ids(_SLOT),
        "DOI_BUCKET": urls.dois(_SLOT),
        "IDS": urls.IDS,
        "CATEGORIES": urls.CATEGORIES,
        # archive/taxonomy/arxiv.py: categories with two names
        "ALIASES": taxonomy.ALIASES,
        "VENUES": urls.VENUES,
        "KNOWN_VENUES": urls.KNOWN_VENUES,
        "NEW_DAYS": urls.NEW_DAYS,
        # base/dates.py
        "MONTHS": dates.MONTHS,
    }


def _types() -> str:
    """Return the type of a result, as JSDoc."""
    kinds = (f"{field.name}: {'string[]' if field.many else 'string'}" for field in results.FIELDS)
    return f"/** @typedef {{{{ {', '.join(kinds)} }}}} Result */"
