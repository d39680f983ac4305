"""`python -m searchlib` is the `search` command."""

from __future__ import annotations

import sys

from searchlib.cli import main

sys.exit(main())
