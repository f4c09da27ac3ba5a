"""Files are made near their place and moved there when they are complete, so that a job that fails changes nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.errors import PaperkgError, UsageError


def check_writable(output: Path) -> None:
    """Refuse a place that cannot be written before hours of work, not after them."""
    place = next(path for path in (output, *output.absolute().parents) if path.exists())
    if not place.is_dir():
        raise UsageError(f"{place}: is a file; give a folder to write to")
    if not os.access(place, os.W_OK | os.X_OK):
        raise PaperkgError(f"{output}: cannot be written: no permission to write to {place}")


class Staged:
    """A hidden folder in ``output`` whose files replace those of ``output`` if the body succeeds.

    It is inside, not beside: ``output`` may be a mount, onto which nothing can be renamed, or its parent be closed to us.
    """

    def __init__(self, output: Path) -> None:
        self.output = output

    def __enter__(self) -> Path:
        folder = self.output.absolute()
        self._new = [path for path in (folder, *folder.parents) if not path.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.staging = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
        except OSError as error:
            self._take_back()
            raise PaperkgError(f"{self.output}: cannot be written: {error.strerror}") from error
        return self.staging

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                for path in sorted(self.staging.iterdir()):
                    path.replace(self.output / path.name)
        except OSError as error:
            raise PaperkgError(f"{self.output}: cannot be written: {error.strerror}") from error
        finally:
            shutil.rmtree(self.staging, ignore_errors=True)
            self._take_back()

    def _take_back(self) -> None:
        """Remove the folders that were made for this, as far as they are empty."""
        with suppress(OSError):
            for path in self._new:
                path.rmdir()


def write_beside(path: Path, write: Callable[[Path], None]) -> None:
    """Have ``write`` make a file next to ``path``, then put it in the place of ``path``.

    A link keeps pointing where it did, and a device or pipe is written to, not replaced.

    Raises:
        PaperkgError: the folder is missing or cannot be written.
    """
    try:
        path = path.resolve()
        if path.is_dir():
            raise PaperkgError(f"{path}: is a folder; give a file to write")
        special = path.exists() and not path.is_file()
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}-", dir=None if special else path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            if special:
                with temporary.open("rb") as done, path.open("wb") as out:
                    shutil.copyfileobj(done, out)
            else:
                temporary.chmod(0o644)
                temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise PaperkgError(f"{path}: cannot be written: {error.strerror or error}") from error
