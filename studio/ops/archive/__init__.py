"""One file with everything in it: rows as neutral JSON, originals, a copy to read, checksums.

It is a ZIP that any system opens. `rows/` holds a line of JSON a row, `files/` the originals under
their SHA-256, `read/` the books as Markdown, `SHA256SUMS` what `sha256sum -c` checks, `verify.py` a
checker that needs nothing but Python. The archive's comment is the digest of all bytes before it,
so that no byte can change unseen.
"""

FORMAT = 1
"""Raised when what older studios cannot read changes; `reading` then brings old ones up to it."""
