"""A publication that is killed leaves the old state or the new; several at once lose nothing."""

import errno
import os
import shutil

import pytest

from scheduler.export.numbered import BUILDING, DAY
from tests.publish.killing import ended, forked, killed_after, killed_at, survived, whole


@pytest.mark.parametrize("step", [0, 1, 2, 3, 5, 9, 17, 33, 65, 100, 130])
def test_killed_at_a_step(case, tmp_path, step):
    folder = case.fresh(tmp_path / "versions")
    assert killed_at(step, lambda: case.publish(folder))
    assert survived(case, folder) == 1


@pytest.mark.parametrize("step", [4, 12, 21])
def test_killed_while_clearing_away_what_another_kill_left(case, tmp_path, step):
    folder = case.fresh(tmp_path / "versions", leftover=True)
    assert killed_at(step, lambda: case.publish(folder))
    [left] = folder.glob(f"{BUILDING}*")
    assert 0 <= len([p for p in left.rglob("*") if p.is_file()]) < len([*(folder / "0001").rglob("*")])
    assert survived(case, folder) == 1


def test_killed_around_the_step_that_publishes(case, tmp_path):
    """Before the rename the old state, after it the new: there is nothing between."""
    found = []
    for step in range(4):
        folder = case.fresh(tmp_path / str(step))
        assert killed_at(step, lambda folder=folder: case.publish(folder), since="rename")
        found.append(survived(case, folder))
    assert found == [1, 2, 2, 2]


def test_killed_from_outside(case, tmp_path):
    for n, seconds in enumerate((0.01, 0.03, 0.06)):
        folder = case.fresh(tmp_path / str(n))
        killed_after(seconds, lambda folder=folder: case.publish(folder))
        survived(case, folder)


def without_locks(monkeypatch):
    """A disk that knows no locks."""
    def refused(*_):
        raise OSError(errno.ENOLCK, "no locks here")
    monkeypatch.setattr("scheduler.export.one_writer._lock", refused)


@pytest.mark.parametrize("locks", [True, False])
def test_writers_at_once(case, tmp_path, monkeypatch, locks):
    """Without locks too: then the rename alone decides, and who comes second says what changed against the first."""
    folder = case.fresh(tmp_path / "versions")
    if not locks:
        without_locks(monkeypatch)
    children = [forked(lambda n=n: case.publish(folder, f"writer {n}")) for n in range(4)]
    assert [ended(child) for child in children] == [0] * 4
    versions = [kept.version for kept in whole(folder)]
    assert sorted(v.who for v in versions) == ["Ada", *(f"writer {n}" for n in range(4))]
    assert [v.since for v in versions] == [None, 1, 2, 3, 4]
    assert [v.cells for v in versions] == [None, versions[1].cells, 0, 0, 0]
    assert versions[1].cells > 0
    assert not list(folder.glob(f"{BUILDING}*"))


@pytest.mark.parametrize("locks", [True, False])
def test_a_folder_being_built_is_left_alone(case, tmp_path, monkeypatch, locks):
    """What another machine builds is cleared away only after a day; nobody reads it meanwhile. Without locks, what this
    machine builds too."""
    folder = case.fresh(tmp_path / "versions", leftover=True)
    if not locks:
        without_locks(monkeypatch)
    for name in ("elsewhere-1", "elsewhere-2"):
        shutil.copytree(folder / "0001", folder / f"{BUILDING}{name}")
    old = folder / f"{BUILDING}elsewhere-2"
    for path in (old, *old.rglob("*")):
        os.utime(path, (path.stat().st_mtime - 2 * DAY,) * 2)
    case.publish(folder)
    assert len(whole(folder)) == 2
    left = {p.name for p in folder.glob(f"{BUILDING}*")}
    assert f"{BUILDING}elsewhere-1" in left
    assert len(left) == (1 if locks else 2)


def test_a_writer_who_does_not_finish_is_told(case, tmp_path, monkeypatch):
    from scheduler.export import numbered, one_writer
    from scheduler.io.problems import BadInput
    folder = case.fresh(tmp_path / "versions")
    monkeypatch.setattr(numbered, "one_writer", lambda folder: one_writer.one_writer(folder, patience=0))
    with one_writer.one_writer(folder), pytest.raises(BadInput, match="Somebody else is publishing"):
        case.publish(folder)
    assert len(whole(folder)) == 1
