"""The command line. Each command is one file, imported only when it is called, so that help answers at once."""

from __future__ import annotations

import importlib

import click

from scheduler.domain.collection import collect_rarely

#: command → (module in this folder, one line for the list)
COMMANDS = {
    "new": ("new", "Write a commented starter program to fill in."),
    "validate": ("validate", "Read a program file, list every problem, and add up what is owed and what there is."),
    "solve": ("solve", "Make the year: solve, prove, check, and write everything."),
    "explain": ("explain", "Say why no schedule exists, and what would help."),
    "why": ("why", "Say why a fellow is not on something in a week, and what it would cost."),
    "check": ("check", "Judge any schedule against its program, rule by rule."),
    "pins": ("pins", "Keep the cells somebody changed in the workbook, for the next solve."),
    "repair": ("repair", "Change as little as possible after leave, a closed rotation, a fellow who starts late."),
    "swap": ("swap", "Find who could trade a week with a fellow, and what that would do."),
    "diff": ("diff", "Say what differs between two schedules, and tell each fellow."),
    "alternatives": ("alternatives", "Find other schedules that are as good and differ as much as possible."),
    "publish": ("publish", "Keep a schedule as the next version: who, when, why and what changed."),
    "history": ("history", "List the published versions, or bring one back."),
    "export": ("export", "Write workbook, report and calendars of a schedule again."),
    "anonymize": ("anonymize", "Replace names and free text, for a bug report."),
    "rules": ("rules", "List every rule, its parameters and an example."),
}


class _Commands(click.Group):
    """Lists commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"scheduler.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]):
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            import difflib
            close = difflib.get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean “{close[0]}”?" if close else ""
            ctx.fail(f"There is no command “{name}”.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]},
             epilog="Exit codes: 0 fine; 1 rules are broken; 2 the input cannot be read; 3 proven impossible; "
                    "4 no schedule found in the time given; 5 solver and checker disagree.")
@click.version_option(package_name="rotation-year", message="%(version)s")
def main() -> None:
    """Rotation schedules for medical fellowships: from a program file to a proven year."""
    collect_rarely()
