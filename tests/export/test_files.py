"""A crash while writing leaves the old file or the new one, whole."""

import os
import signal
import subprocess
import sys
import time

import pytest

from scheduler.export.calendars import write_calendars
from scheduler.export.files import write_all, write_atomically
from scheduler.export.report import write_report
from scheduler.export.schedule_json import write_schedule
from scheduler.export.workbook import write_workbook
from tests.sample import sample_result, with_cell


def whole(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("write", [write_workbook, write_report, write_schedule])
@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_failing_disk_leaves_the_old_file(write, step, tmp_path, monkeypatch):
    path = tmp_path / "file"
    write(sample_result(), path)
    before = whole(tmp_path)

    def fail(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="no space left"):
        write(with_cell(sample_result(), "fellow-a", 3, "SIPS"), path)
    assert whole(tmp_path) == before            # the old bytes, and no litter


@pytest.mark.parametrize("fails_at", range(6))
def test_calendars_broken_off_anywhere_are_put_right_by_the_next_export(fails_at, tmp_path, monkeypatch):
    changed = with_cell(sample_result(), "fellow-a", 3, "SIPS")
    for folder in ("one", "two"):
        write_calendars(sample_result(), tmp_path / folder)
    real, calls = os.replace, []

    def sometimes(source, target):
        calls.append(target)
        if len(calls) > fails_at:
            raise OSError("power cut")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", sometimes)
        with pytest.raises(OSError, match="power cut"):
            write_calendars(changed, tmp_path / "one")
    write_calendars(changed, tmp_path / "one")
    write_calendars(changed, tmp_path / "two")
    assert whole(tmp_path / "one") == whole(tmp_path / "two")


def test_several_files_at_once_in_the_order_given(tmp_path):
    paths = [tmp_path / f"{n % 3}" / f"{n}.txt" for n in range(30)]
    assert write_all((path, path.name.encode()) for path in paths) == paths
    assert whole(tmp_path) == {path.relative_to(tmp_path): path.name.encode() for path in paths}


def test_killed_while_writing(tmp_path):
    """A process that writes the same file over and over is killed: the file is one of its versions, whole."""
    path = tmp_path / "big.txt"
    code = ("import sys; from scheduler.export.files import write_atomically\n"
            "for n in range(10**6): write_atomically(sys.argv[1], str(n % 10) * 3_000_000)")
    process = subprocess.Popen([sys.executable, "-c", code, str(path)])
    try:
        deadline = time.monotonic() + 20
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.2)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    text = path.read_text()
    assert len(text) == 3_000_000
    assert len(set(text)) == 1


def test_folders_are_made_and_text_is_utf_8_without_translation(tmp_path):
    path = write_atomically(tmp_path / "a" / "b.txt", "Zoë\nnext\r\n")
    assert path.read_bytes() == b"Zo\xc3\xab\nnext\r\n"
    assert os.stat(path).st_mode & 0o777 == 0o644
