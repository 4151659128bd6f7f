"""Whole files or none: what is written appears under its name only when it is complete and on the disk."""

import errno
import os
import pathlib
from collections.abc import Iterable

from packager.errors import PackagerError, UsageError

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def write_atomically(path: pathlib.Path, data: bytes | Iterable[bytes], mode: int = 0o644) -> None:
    """Write `data` beside `path`, then rename; a link is followed. After a failure the old file is untouched.

    A device or pipe (`/dev/stdout`) is written directly. Raises UsageError when the place cannot be written to.
    """
    chunks = (data,) if isinstance(data, bytes) else data
    target = pathlib.Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                stream.writelines(chunks)
            return
        _replace(target, chunks, mode)
    except OSError as error:
        raise _explained(path, error) from error


def _replace(target: pathlib.Path, chunks: Iterable[bytes], mode: int) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    beside = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}.part")
    try:
        with beside.open("xb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())
        # By name and after the fact, so that the mode does not depend on the umask.
        beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


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
