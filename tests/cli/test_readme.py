"""The README's commands, as they stand there, on the program that stands there."""

import re
import shlex
import shutil
from pathlib import Path

from click.testing import CliRunner

from scheduler.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = [shlex.split(line, comments=True)[1:] for line in re.findall(r"^scheduler .*$", README, re.MULTILINE)]


def test_every_command_of_the_readme_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("program.yaml").write_text(re.search(r"```yaml\n(.*?)```", README, re.DOTALL)[1], encoding="utf-8")
    assert {command[0] for command in COMMANDS} >= {"solve", "check", "explain", "why", "repair", "swap", "diff",
                                                    "alternatives", "publish", "anonymize"}
    for command in COMMANDS:
        if command == ["new"]:                              # would be the file that is there already
            continue
        if "edited.xlsx" in command:                        # a workbook after a hand edit that changes nothing
            shutil.copy("year/schedule.xlsx", "edited.xlsx")
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0 and done.output, (command, done.output)
