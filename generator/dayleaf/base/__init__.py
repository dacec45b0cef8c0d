"""What every room stands on; nothing of papers.

errors.py       errors and findings, as values
config.py       the settings of a site
base_urls.py    where it is published
volumes.py      the years of it that are published elsewhere
own_formats.py  the keeper's own formats of digests
validator.py    the check of this and other TOML files
hosts.py        what hosts of static sites accept
dates.py        dates as readers see them
lookup.py       how scripts look up names and identifiers
disk.py         a full or failing disk
lock.py         one build at a time
parallel.py     work shared between processes
program.py      the fingerprint of the program itself
"""
