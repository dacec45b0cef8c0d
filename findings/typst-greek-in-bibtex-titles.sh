#!/bin/sh
# Typst reads a Greek letter in the title of a BibTeX entry as two letters: of `$\beta$` it takes
# `\b` for an escaped b, and `eta` for the letter after it.
set -eu
VERSION=0.15.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" --quiet --disable-pip-version-check install "typst==$VERSION" 2>"$folder/pip.log"
cat > "$folder/refs.bib" <<'BIB'
@misc{one, title = {Tides with a $\beta$-VAE}, author = {Quill, Ada}, year = {2026}}
BIB
echo '#bibliography("refs.bib", full: true, style: "ieee")' > "$folder/main.typ"
"$folder/env/bin/python" - "$folder/main.typ" "$folder/out.html" <<'PY'
import sys

import typst

source, target = sys.argv[1:]
typst.compile(source, output=target, format="html")
PY
seen=$(sed -n 's/.*Tides with a \(.*\)-VAE.*/\1/p' "$folder/out.html" | sed 's/<[^>]*>//g')
echo "typst $VERSION (from PyPI)"
printf '%s\n' 'input:    title = {Tides with a $\beta$-VAE}'
echo "expected: β"
echo "seen:     $seen"
[ "$seen" = "𝑏𝜂" ]
