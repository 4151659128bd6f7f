"""Whole files or none."""

import errno
import os
import pathlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from packager.errors import PackagerError, UsageError
from packager.source.atomic import write_atomically

posix = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes are those of POSIX")


def test_bytes_and_chunks_are_written(tmp_path):
    write_atomically(tmp_path / "a", b"one")
    write_atomically(tmp_path / "a", (chunk for chunk in (b"two", b"", b"three")))
    assert (tmp_path / "a").read_bytes() == b"twothree"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@posix
def test_the_mode_does_not_depend_on_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "a", b"", mode=0o755)
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755


@posix
def test_a_link_stays_and_its_target_changes(tmp_path):
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


@posix
def test_a_pipe_is_written_to_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write_atomically(pipe, b"report")
    reader.join(10)
    assert received == [b"report"]
    assert pipe.is_fifo()


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", broken())
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_missing_folder_is_named(tmp_path):
    target = tmp_path / "missing" / "a"
    with pytest.raises(UsageError) as caught:
        write_atomically(target, b"")
    assert caught.value.message == f"cannot write '{target}': No such file or directory"


def test_a_folder_is_not_overwritten(tmp_path):
    with pytest.raises(UsageError) as caught:
        write_atomically(tmp_path, b"")
    assert caught.value.message == f"cannot write '{tmp_path}': Is a directory"


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PackagerError) as caught:
        write_atomically(tmp_path / "a", b"x")
    assert str(caught.value) == (
        f"cannot write '{tmp_path / 'a'}': No space left on device\n  hint: free some space, or choose another place"
    )
    assert caught.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_long_name_leaves_room_for_the_temporary_one(tmp_path):
    name = "n" * 250
    write_atomically(pathlib.Path(tmp_path, name), b"x")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_system_without_unnamed_files_writes_beside(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write_atomically(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_system_without_proc_copies_the_unnamed_file(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(os, "link", refuse)
    write_atomically(tmp_path / "a", b"x" * 100_000)
    assert (tmp_path / "a").read_bytes() == b"x" * 100_000
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


KILLED = """
import pathlib, sys
from packager.source.atomic import atomic_file
with atomic_file(pathlib.Path(sys.argv[1])) as stream:
    stream.write(b"x" * 1_000_000)
    stream.flush()
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files without a name are Linux's")
def test_a_killed_process_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    command = [sys.executable, "-c", KILLED, str(tmp_path / "a")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
