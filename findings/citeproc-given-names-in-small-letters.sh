#!/bin/sh
# citeproc-js abbreviates no given name that begins with a small letter, and sets two spaces before it.
set -eu
VERSION=0.8.2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "@citation-js/core@$VERSION" "@citation-js/plugin-csl@$VERSION"
cat > cite.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-csl");
const item = {
  ...{ id: "one", type: "article", title: "Tides", issued: { "date-parts": [[2026]] } },
  author: [
    { family: "Quill", given: "Ada" },
    { family: "Dale", given: "jianhao" },
  ],
};
const text = new Cite(item).format("bibliography", { template: "apa", format: "text" });
console.log(text.trim().split(" (2026)")[0]);
JS
seen=$(node cite.cjs)
citeproc=$(node -p 'require("citeproc/package.json").version')
echo "citeproc $citeproc by @citation-js/plugin-csl $VERSION, style APA"
echo "input:    Ada Quill, jianhao Dale"
echo "expected: Quill, A., & Dale, J."
echo "seen:     $seen"
[ "$seen" = "Quill, A., & Dale,  jianhao." ] || [ "$seen" = "Quill, A., & Dale,  jianhao" ]
