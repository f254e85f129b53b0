"""scheduler new: a commented starter program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from scheduler.cli.common import as_json, print_json, program_file, speaks_plainly, stop


@click.command(name="new")
@click.argument("path", type=click.Path(path_type=Path), default=Path("program.yaml"))
@as_json
@speaks_plainly
def command(path: Path, as_json: bool) -> int | None:
    """Write a commented starter program to PATH (program.yaml)."""
    target = program_file(path)
    if not target.parent.is_dir():
        stop(f"There is no folder “{target.parent}”. Check the spelling of the path, or make the folder first.",
             as_json)
    try:
        with target.open("xb") as file:                 # x: only where nothing is, not even a broken link
            file.write((files("scheduler.io") / "starter.yaml").read_bytes())
    except FileExistsError:
        stop(f"{target} exists and is left as it is. Give another name, or move it away first.", as_json)
    if as_json:
        print_json({"written": str(target)})
    else:
        click.echo(f"Wrote {target}. Fill it in, then: scheduler validate {target}")
    return None
