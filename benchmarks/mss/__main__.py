"""``python -m benchmarks.mss``: the six published instances, beside the published best."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from benchmarks.mss.published import BEST
from benchmarks.mss.reader import Instance
from benchmarks.mss.run import FOLDER, Line, run
from scheduler.solve.settings import Settings

HEAD = f"{'instance':10} {'published':>9} {'ours':>6} {'bound':>6} {'gap %':>6} {'seconds':>8}  verified"


def said(line: Line) -> str:
    """One line of the table."""
    ours, bound, gap = ("–" if x is None else x for x in (line.ours, line.bound, line.gap))
    return (f"{line.instance:10} {line.best or '–':>9} {ours:>6} {bound:>6} {gap:>6} {line.seconds:8.1f}  "
            f"{'yes' if line.verified else 'NO'}")


@click.command()
@click.option("--seconds", default=600.0, show_default=True, help="Wall time for each instance.")
@click.option("--only", multiple=True, type=click.Choice(sorted(BEST)), help="Only this instance (may be repeated).")
@click.option("--workers", default=2, show_default=True, help="Processor cores to use.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Write the table here too.")
@click.option("--quiet", is_flag=True, help="Say nothing while solving.")
def main(seconds: float, only: tuple[str, ...], workers: int, path: Path | None, quiet: bool) -> None:
    """Solve the instances, verify what comes out, and print it beside the published best."""
    lines = []
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)      # now: not after ten minutes of solving
    click.echo(HEAD)
    for name in only or BEST:
        began = time.monotonic()

        def tell(value: int | None, bound: int | None, began: float = began) -> None:
            if not quiet:
                click.echo(f"  {time.monotonic() - began:6.1f} s  {value} of {bound}", err=True)

        lines.append(run(Instance.read(FOLDER / f"{name}.dzn"), Settings(workers=workers), seconds, tell))
        click.echo(said(lines[-1]))
        if path is not None:
            path.write_text(json.dumps({"seconds": seconds, "workers": workers, "python": sys.version.split()[0],
                                        "lines": [line.told for line in lines]}, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if all(line.verified for line in lines) else 1)


if __name__ == "__main__":
    main()
