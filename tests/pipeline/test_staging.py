"""What is made near its place: it appears complete or not at all, and needs nothing outside the folder that was given."""

from __future__ import annotations

import errno

import pytest

from kg.errors import PaperkgError
from kg.staging import Staged


def test_nothing_is_made_outside_the_folder(tmp_path):
    """It may be a mount, onto which nothing can be renamed, or its parent be closed to us."""
    out = tmp_path / "out"
    with Staged(out) as staging:
        (staging / "a").write_text("new", encoding="utf-8")
        assert list(tmp_path.iterdir()) == [out]
        assert all(path.name.startswith(".") for path in out.iterdir()), "what is not complete is hidden"
    assert [path.name for path in out.iterdir()] == ["a"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_what_was_there_stays_if_it_is_stopped_or_the_disk_is_full(tmp_path, error):
    (tmp_path / "a").write_text("old", encoding="utf-8")
    with pytest.raises(type(error)), Staged(tmp_path) as staging:
        (staging / "a").write_text("new", encoding="utf-8")
        raise error
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("a", "old")]


def test_folders_made_for_what_failed_are_removed(tmp_path):
    with pytest.raises(KeyboardInterrupt), Staged(tmp_path / "deep" / "out"):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_replaced_is_told(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(PaperkgError, match="cannot be written"), Staged(tmp_path) as staging:
        (staging / "a").write_text("new", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
