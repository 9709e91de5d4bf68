"""Bytes are kept once, under the name of their content, durable before anyone is told."""

import hashlib
import os
from pathlib import Path

import pytest

from studio.store.models import Blob
from studio.store.spool import Incoming

pytestmark = pytest.mark.django_db


def test_the_same_bytes_are_stored_once():
    first, first_new = Blob.objects.keep([b"lattice ", b"remembers"])
    second, second_new = Blob.objects.keep([b"lattice remembers"])
    assert (first, first_new, second_new) == (second, True, False)
    assert first.path.read_bytes() == b"lattice remembers"
    assert first.size == 17


def test_a_blob_lies_under_the_digest_of_its_bytes():
    blob, _ = Blob.objects.keep(["晶格的记忆".encode()])
    digest = hashlib.sha256("晶格的记忆".encode()).hexdigest()
    assert blob.path.parts[-4:] == ("blobs", digest[:2], digest[2:4], digest)


def test_bytes_and_folders_are_synced_before_the_row_exists(monkeypatch):
    synced: list[tuple[str, bool]] = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        name = Path(f"/proc/self/fd/{descriptor}").resolve().name
        synced.append((name, Blob.objects.exists()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    blob, _ = Blob.objects.keep([b"durable"])
    names = [name for name, _ in synced]
    assert names[0].endswith(".part")
    assert names[1:] == [blob.sha256[2:4], blob.sha256[:2], "blobs", "data"][: len(names) - 1]
    assert {"blobs", blob.sha256[:2], blob.sha256[2:4]} <= set(names)
    assert not any(row for _, row in synced)


def test_the_disk_begins_with_a_large_file_while_more_of_it_comes(monkeypatch, studio_data):
    begun: list[tuple[int, int]] = []

    def advise(descriptor: int, start: int, length: int, advice: int) -> None:
        assert os.fstat(descriptor).st_size == start + length
        begun.append((start, length))

    monkeypatch.setattr(os, "posix_fadvise", advise, raising=False)
    piece = bytes(range(256)) * 12_000  # 3 MB
    with Incoming(studio_data / "spool") as incoming:
        for _ in range(7):
            incoming.write(piece)
        incoming.settle(studio_data / "whole")
    size = 2 * len(piece)
    assert begun == [(0, size), (size, size), (2 * size, size)]
    assert (studio_data / "whole").read_bytes() == piece * 7
    assert incoming.sha256 == hashlib.sha256(piece * 7).hexdigest()


def test_a_broken_stream_leaves_nothing_behind(studio_data):
    def chunks():
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        Blob.objects.keep(chunks())
    assert [path for path in studio_data.rglob("*") if path.is_file()] == []
    assert not Blob.objects.exists()


def test_what_a_killed_process_was_receiving_is_swept_and_no_one_else_s(studio_data):
    spool = studio_data / "spool"
    left = spool / "0123.part"
    left.write_bytes(b"half of a picture")
    with Incoming(spool) as first:
        first.write("还在来".encode())
        assert list(spool.iterdir()) == [first.path]
        with Incoming(spool) as second:
            assert set(spool.iterdir()) == {first.path, second.path}
        first.settle(studio_data / "there")
    assert list(spool.iterdir()) == []
    assert (studio_data / "there").read_text(encoding="utf-8") == "还在来"


def test_a_truncated_file_on_the_disk_is_written_anew():
    blob, _ = Blob.objects.keep([b"whole bytes"])
    blob.path.write_bytes(b"")
    again, new = Blob.objects.keep([b"whole bytes"])
    assert (again, new, again.path.read_bytes()) == (blob, False, b"whole bytes")
