"""The S3 bucket itself, through django-storages, with limits that no page has to wait for.

Imported only when there is a bucket: the client alone takes longer to load than the studio.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from studio.store.unreachable import Unreachable

CHUNK = 1024 * 1024


@cache
def _storage(bucket: str, endpoint: str, region: str, key: str, secret: str) -> S3Storage:
    return S3Storage(
        bucket_name=bucket,
        endpoint_url=endpoint or None,
        region_name=region or None,
        access_key=key or None,
        secret_key=secret or None,
        # A key is the digest of its bytes: to write it again is to write the same.
        file_overwrite=True,
        default_acl=None,
        querystring_auth=False,
        client_config=Config(
            connect_timeout=2,
            read_timeout=5,
            retries={"mode": "standard", "total_max_attempts": 2},
            # Other servers than Amazon's do not know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def storage(bucket: str = "") -> S3Storage:
    """The studio's bucket, or another one of the same account."""
    known = settings.S3
    return _storage(
        bucket or known["bucket"],
        known["endpoint"],
        known["region"],
        known["key"],
        known["secret"],
    )


def write(name: str, path: Path, bucket: str = "") -> None:
    """Store the file at `path` under `name`. Raises Unreachable."""
    with reached(), path.open("rb") as file:
        storage(bucket).save(name, File(file, name))


def read(name: str, bucket: str = "") -> Iterator[bytes]:
    """What is stored under `name`. Raises Unreachable."""
    with reached(), storage(bucket).open(name, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


@contextmanager
def reached() -> Iterator[None]:
    """What the client raises, as one sentence without an address or a key."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        raise Unreachable(f"The bucket refused ({code}); check S3_BUCKET and its keys.") from error
    except (BotoCoreError, Boto3Error, RetriesExceededError, OSError) as error:
        raise Unreachable("The bucket cannot be reached; try again later.") from error
