"""scheduler history: the published versions, and how to bring one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import FINE, as_json, plural, print_json, speaks_plainly, stop
from scheduler.cli.publish import by, even_if_broken, refuse, said, tell, why

if TYPE_CHECKING:
    from scheduler.export.versions import Shelf, Version


@click.command(name="history")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--show", type=click.IntRange(1), metavar="N", help="Say in words what changed in version N.")
@click.option("--restore", type=click.IntRange(1), metavar="N",
              help="Bring version N back, its program too, as a new version; give --by and --why.")
@by
@why
@even_if_broken
@as_json
@speaks_plainly
def command(folder: Path, show: int | None, restore: int | None, who: str | None, why: str | None,
            even_if_broken: bool, as_json: bool) -> int:
    """List the versions published in FOLDER, say what changed in one, or bring one back."""
    if show is not None and restore is not None:
        raise click.UsageError("Give --show or --restore, not both.")
    if folder.exists() and not folder.is_dir():
        stop(f"{folder} is a file, not a folder. Give the folder that `scheduler publish -o` wrote to.", as_json)
    if not folder.is_dir():
        stop(f"{folder}: there is no such folder. Give the folder that `scheduler publish -o` wrote to.", as_json)
    if restore is not None:
        return _restore(folder, restore, *said(who, why), even_if_broken, as_json)
    if show is not None:
        return _show(folder, show, as_json)
    from scheduler.export.versions import read_shelf
    return _list(folder, read_shelf(folder), as_json)


def _restore(folder: Path, number: int, who: str, why: str, even_if_broken: bool, as_json: bool) -> int:
    from scheduler.publishing import BrokenRules, restore
    try:
        tell(restore(folder, number, who=who, why=why, even_if_broken=even_if_broken), as_json)
    except BrokenRules as broken:
        return refuse(broken.sentences, as_json)
    except KeyboardInterrupt:
        stop(f"Stopped. The version is there whole, or not at all: see `scheduler history {folder}`.", as_json)
    return FINE


def _show(folder: Path, number: int, as_json: bool) -> int:
    from scheduler.export.versions import words
    from scheduler.publishing import find
    kept = find(folder, number)
    if as_json:
        print_json({"folder": str(kept.folder), **kept.version.as_json(), "touched": list(kept.touched)})
        return FINE
    for line in words(kept.version):
        click.echo(line)
    _touched(number, kept.touched)
    click.echo(f"Everything is in {kept.folder}.")
    return FINE


def _list(folder: Path, shelf: Shelf, as_json: bool) -> int:
    if as_json:
        print_json({"versions": [{**k.version.as_json(), "proven": k.version.proven, "folder": str(k.folder),
                                  "touched": list(k.touched)} for k in shelf.kept],
                    "damaged": [{"number": number, "wrong": wrong} for number, wrong in shelf.damaged]})
        return FINE
    if not shelf.kept and not shelf.damaged:
        click.echo(f"Nothing has been published in {folder}.")
    for kept in shelf.kept:
        v = kept.version
        click.echo(f"{v.number:>3}  {v.when:%Y-%m-%d %H:%M}  {v.who}: {v.why}")
        click.echo(f"     {_brief(v)}")
    for number, wrong in shelf.damaged:
        click.echo(f"Version {number} cannot be used: {wrong}.")
    for kept in shelf.kept:
        _touched(kept.version.number, kept.touched)
    return FINE


def _brief(version: Version) -> str:
    """In one line: what it brings back, what changed, what is proven."""
    said = [f"brings back version {version.restored}"] if version.restored is not None else []
    if version.since is None:
        said.append("the first version")
    elif version.cells is None:
        said.append(f"not compared with version {version.since}")
    elif version.cells:
        whose = version.people[0] if len(version.people) == 1 else f"{len(version.people)} people"
        said.append(plural(version.cells, "cell") + (f" of {whose} changed" if version.people else " changed"))
    else:
        said.append("nobody's schedule changed")
    said.append("breaks rules that must hold" if version.broken else version.proof)
    return " · ".join(said)


def _touched(number: int, files: tuple[str, ...]) -> None:
    if files:
        few = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
        click.echo(f"Version {number}: {few} was changed or removed after publishing. The version can still be "
                   "used; `--restore` writes all its files anew.")
