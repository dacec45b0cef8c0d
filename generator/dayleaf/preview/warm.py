"""What the fork server of the builds imports, once, so that no build has to.

The fingerprint of the code is taken right here: an edit of our own code while a preview runs must
not pass for the code that builds, or the catalog would be marked with what has not made it.
"""

import dayleaf.build  # noqa: F401 - for the fork server to have it
from dayleaf import keys

keys.code()
