"""One sheet of an XLSX (ECMA-376) or ODS (OpenDocument 1.3), without any part of it being run."""

import io
import zipfile

from . import opendocument, spreadsheetml
from .package import Package
from .record import NotRead, Table


def read_workbook(data: bytes, sheet: str) -> Table:
    """The sheet named, else the first that is not hidden. Raises NotRead."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package(archive)
            if spreadsheetml.MAIN in package.names:
                return spreadsheetml.read(package, sheet)
            if opendocument.MAIN in package.names:
                return opendocument.read(package, sheet)
            raise NotRead("no_table")
    except NotRead:
        raise
    except Exception as error:  # a hostile archive raises far more than BadZipFile
        raise NotRead("damaged") from error
