"""What the site holds: its pages and their exports, before anything is rendered.

views.py   what layouts see
products.py  a page as its layout and view
pages/     the kinds of page, and which pages there are
exports/   papers for other programs: feeds, references
statics.py the files that a site brings for its root
"""
