"""What an archive says: papers, and what names and sorts them. No files, no pages.

model.py        digests and records
identifiers.py  arXiv ids, DOIs and others
names.py        names of authors, and who is the same
name_parts.py   who is no person, and where family names begin
people.py       who is who, by the site's own word
taxonomy/       the categories of arXiv, MSC and ACM
topics.py       the keeper's topics
venues/         conferences and journals, in comments and references
rules.py        the site's own rules for people, topics and venues
resources.py    addresses of code, data and demos
withdrawals.py  papers that were taken back
words.py        words, so that all spellings of one are one
gaps.py         days that an archive lacks
rising.py       words that a month has more of than the time before
urls.py         the addresses of all of these in the site
"""
