"""The live preview: serves the site while it is being worked on.

`watcher` says what was edited, `session` keeps the site up to date with it, `builder` builds apart
from the server, `state` tells the browsers, `app` answers them, `reload.js` acts in the page, and
`server` starts and ends it all. Nothing here ever touches the output folder of a build.
"""

from dayleaf.preview.server import serve

__all__ = ["serve"]
