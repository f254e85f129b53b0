"""What every command shares: exit codes, plain error messages, JSON."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.domain.program import Program

FINE, BROKEN, BAD_INPUT, IMPOSSIBLE, NOT_FOUND, DISAGREE = range(6)

#: what a result folder holds beside its calendars
FILES = ("schedule.json", "schedule.xlsx", "report.html")


class Day(click.ParamType):
    """A date, year-month-day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from datetime import date
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a date. Write year-month-day, such as 2026-12-21.", param, ctx)


as_of = click.option("--as-of", type=Day(), metavar="DATE",
                     help="Requirement letters count weeks before this date as done (default: today).")
replace = click.option("--replace", is_flag=True, help="Write over an earlier result in the same folder.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for other programs.")
program_argument = click.argument("program", metavar="PROGRAM", type=click.Path(path_type=Path))


def console(*, stderr: bool = False) -> Console:
    """A console that keeps its width in pipes and never breaks words for colour."""
    from rich.console import Console
    return Console(stderr=stderr, highlight=False, soft_wrap=not sys.stdout.isatty())


def print_json(value: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def speaks_plainly(run: Callable[..., int | None]) -> Callable[..., None]:
    """Turn bad input into one message per problem and exit code 2; pass on the command's own exit code."""

    @functools.wraps(run)
    def command(*args: Any, **options: Any) -> None:
        from scheduler.export.files import DamagedFile
        from scheduler.io.problems import BadInput
        try:
            code = run(*args, **options)
        except BadInput as bad:
            fail(bad, options.get("as_json", False))
        except DamagedFile as damaged:
            stop(str(damaged), options.get("as_json", False))
        except KeyboardInterrupt:
            stop("Stopped. Nothing was written.", options.get("as_json", False), NOT_FOUND)
        except OSError as error:
            stop(f"{error.filename or 'A file'}: {error.strerror or error}.", options.get("as_json", False))
        sys.exit(code or FINE)

    return command


def fail(bad: Any, as_json: bool) -> NoReturn:
    """Print every problem and end with exit code 2."""
    if as_json:
        print_json({"status": "bad input", "problems": [problem.as_json() for problem in bad.problems]})
    else:
        click.echo(str(bad), err=True)
        number = len(bad.problems)
        click.echo(f"\n{number} problem{'s' if number != 1 else ''}. Nothing was written.", err=True)
    sys.exit(BAD_INPUT)


def stop(message: str, as_json: bool, code: int = BAD_INPUT) -> NoReturn:
    """One message, one exit code."""
    if as_json:
        print_json({"status": "bad input", "problems": [{"message": message}]})
    else:
        click.echo(message, err=True)
    sys.exit(code)


class ScheduleFile(click.Path):
    """A schedule's file, or the folder that `solve -o` wrote: then the schedule.json in it."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path of the file."""
        path = Path(str(super().convert(value, param, ctx)))
        return path / "schedule.json" if path.is_dir() else path


def program_file(path: Path) -> Path:
    """A program's file; a folder means the ``program.yaml`` in it."""
    return path / "program.yaml" if path.is_dir() else path


def read(path: Path) -> Program:
    """Read a program, by its file or folder."""
    from scheduler.io.program_file import read_program
    return read_program(program_file(path))


def ready(folder: Path, replace: bool, as_json: bool) -> None:
    """Refuse a folder that cannot take the result, before any work is done: nobody's file is overwritten unasked."""
    import os

    from scheduler.export.ledger import Ledger
    there = [name for name in FILES if (folder / name).exists()]
    if there and not replace:
        stop(f"{folder} already holds {' and '.join(there)}. Use --replace to write over "
             f"{'it' if len(there) == 1 else 'them'}, or give another folder.", as_json)
    standing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK):
        stop(f"{folder}: nothing can be written there. Give another folder.", as_json)
    Ledger.read(folder / "calendars")               # raises DamagedFile now, not after the solve


def plural(number: int, noun: str) -> str:
    """``1 rule``, ``2 rules``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
