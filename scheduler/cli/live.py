"""One line on standard error while something takes long: what, the best so far, the proven bound, the time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from scheduler.cli.common import console

if TYPE_CHECKING:
    from rich.live import Live as RichLive


class Live:
    """``with Live(quiet) as live: …(progress=live.tell)``; nothing is shown when quiet."""

    def __init__(self, quiet: bool, begin: str = "Solving …"):
        self.quiet, self.begin, self.last = quiet, begin, 0.0
        self.live: RichLive | None = None

    def __enter__(self) -> Live:
        if not self.quiet:
            from rich.live import Live as RichLive
            self.live = RichLive(self.begin, console=console(stderr=True), transient=True, auto_refresh=False)
            self.live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.live is not None:
            self.live.stop()
            self.live = None

    def tell(self, stage: str, best: int | None, bound: int | None, seconds: float) -> None:
        """A stage of a solve."""
        words = [stage, f"best {best}" if best is not None else "looking for a first schedule",
                 f"proven bound {bound}" if bound is not None else "", f"{seconds:.0f} s", "Ctrl-C keeps the best"]
        self._show(words)

    def say(self, what: str, seconds: float) -> None:
        """Anything else that takes long."""
        self._show([what, f"{seconds:.0f} s"])

    def say_once(self, what: str, seconds: float) -> None:
        """The same between lines of output: a line of its own, gone at the next."""
        if not self.quiet:
            with self:
                self.say(what, seconds)

    def aside(self, lines: Sequence[str], err: bool = False) -> None:
        """Lines that stay, while it goes on."""
        if not self.quiet:
            self.__exit__()
            click.echo("\n".join(lines), err=err)
            self.__enter__()

    def _show(self, words: list[str]) -> None:
        if self.live is not None and time.monotonic() - self.last > 0.1:
            self.last = time.monotonic()
            self.live.update(" · ".join(w for w in words if w), refresh=True)
