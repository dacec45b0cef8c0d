"""The live preview: serves the site while it is being worked on.

`watcher` says what was edited, `glance` what was edited unseen, `session` what follows from it.
`archive` keeps the catalog up to date (`reading`, where all of it is to be read), `press` makes
pages from it when they are asked, in a process that `workshop` replaces where it is stuck, `assets`
and `searching` have the other files.
`failures` and `origin` say what went wrong and where a page comes from, `editor` opens a layout.
`state` tells the browsers, `app` answers them, `reload.js` and `panel.js` act in the page, `server`
starts and ends it all. No page is written anywhere.
"""
