"""The live preview: serves the site while it is being worked on.

`watcher` says what was edited, `stamps` what was edited unseen, `session` what follows from it.
`archive` keeps the catalog up to date (`reading`, where all of it is to be read), `renderer`
makes pages from it on request, in a process that `render_process` replaces if it is stuck; `assets`
and `searching` have the other files.
`failures` and `origin` say what went wrong and where a page comes from, `editor` opens a layout.
`state` tells the browsers, `app` answers them, `reload.js` and `panel.js` act in the page, `server`
starts and ends it all. No page is written anywhere.
"""
