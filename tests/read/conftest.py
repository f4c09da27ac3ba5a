"""The fixture with which the tests of reading read."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_files import Read, Reader, read_paths

from kg.settings import ReadSettings


@pytest.fixture
def reading(tmp_path: Path) -> Reader:
    """``reading({"a.jsonl": "..."}, split="line")`` writes the files into a folder and reads the folder."""

    def run(files: dict[str, str | bytes], **settings: object) -> Read:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_paths(tmp_path, settings=ReadSettings(**settings))  # type: ignore[arg-type]

    return run
