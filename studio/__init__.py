"""The house: floor (lib, store), roof (desk, public, ops, accounts) and the map of addresses."""

import sys

# SQLite before 3.51.3 can corrupt a WAL database that several processes write; the wheel brings a
# newer library than the system's, and Django asks for the module by the name "sqlite3".
try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # no wheel for this machine: `serve` then keeps to one process
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
