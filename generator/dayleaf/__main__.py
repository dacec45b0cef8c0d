"""`python -m dayleaf`."""

import sys

from dayleaf.cli import main

sys.exit(main())
