"""Whole files or none: what is written appears under its name only when it is complete and on the disk.

Where the system has files without a name (Linux, most file systems), a file gets its name only then, so that a process
that is killed leaves nothing behind; elsewhere it can leave a hidden `.part` file, never a partial one under the name.
"""

import contextlib
import errno
import os
import pathlib
import shutil
from collections.abc import Iterable, Iterator
from io import BufferedRandom

from packager.errors import PackagerError, UsageError

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def write_atomically(path: pathlib.Path, data: bytes | Iterable[bytes], mode: int = 0o644) -> None:
    """Write `data` beside `path`, then rename; a link is followed. After a failure the old file is untouched.

    A device or pipe (`/dev/stdout`) is written directly. Raises UsageError when the place cannot be written to.
    """
    chunks = (data,) if isinstance(data, bytes) else data
    target = pathlib.Path(os.path.realpath(path))
    if not target.exists() or target.is_file() or target.is_dir():
        with atomic_file(path, mode) as stream:
            stream.writelines(chunks)
        return
    try:
        with target.open("wb") as stream:
            stream.writelines(chunks)
    except OSError as error:
        raise _explained(path, error) from error


@contextlib.contextmanager
def atomic_file(path: pathlib.Path, mode: int = 0o644) -> Iterator[BufferedRandom]:
    """A stream whose content becomes the file `path` when the block ends well; it can be read and sought too."""
    target = pathlib.Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}.part")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with _unnamed(target.parent) or beside.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            if not beside.exists():
                _name(stream, beside)
        # By name and after the fact, so that the mode does not depend on the umask.
        beside.chmod(mode)
        beside.replace(target)
        _sync_folder(target.parent)
    except BaseException as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _explained(path, error) from error
        raise


def _unnamed(folder: pathlib.Path) -> BufferedRandom | None:
    """A file in `folder` that has no name yet; None where the system has no such files."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None:
        return None
    try:
        return open(os.open(folder, flag | os.O_RDWR, 0o600), "w+b")  # noqa: PTH123  (a descriptor, not a path)
    except OSError:  # not on this file system; what else is wrong shows when the file is opened by name
        return None


def _name(stream: BufferedRandom, beside: pathlib.Path) -> None:
    """Give the unnamed file a name; by a copy where /proc does not lead to it."""
    folder = os.open(beside.parent, os.O_RDONLY)
    try:
        # With a folder's descriptor Python asks for a call that follows the link in /proc.
        os.link(f"/proc/self/fd/{stream.fileno()}", beside.name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        stream.seek(0)
        with beside.open("xb") as copy:
            shutil.copyfileobj(stream, copy)
            copy.flush()
            os.fsync(copy.fileno())
    finally:
        os.close(folder)


def _sync_folder(folder: pathlib.Path) -> None:
    # The rename itself is durable only when the folder is; Windows cannot open folders and does not need it.
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and FUSE file systems cannot sync folders; the file itself is complete all the same.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)


def _explained(path: pathlib.Path, error: OSError) -> PackagerError:
    message = f"cannot write '{path}': {error.strerror or error}"
    if error.errno in _DISK_FULL:
        return PackagerError(message, hint="free some space, or choose another place")
    return UsageError(message, hint="choose a place that exists and that you may write to")
