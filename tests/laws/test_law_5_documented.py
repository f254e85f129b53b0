"""Law 5: every command, option and rule is in the documentation, and what the code writes there is up to date."""

import importlib.util
import re
from pathlib import Path

import click
import pytest

from constraints import RULES
from scheduler.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent.parent
spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


@pytest.mark.parametrize("path", generate.pages(), ids=lambda p: p.name)
def test_written_pages_are_up_to_date(path):
    assert path.read_text(encoding="utf-8") == generate.pages()[path], "run: python docs/generate.py"


def test_every_command_and_option_is_documented():
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    context = click.Context(main)
    for name in COMMANDS:
        section = page.split(f"## {name}\n")[1].split("\n## ")[0]
        for parameter in main.get_command(context, name).params:
            if isinstance(parameter, click.Option):
                assert all(option in section for option in parameter.opts), (name, parameter.opts)
                assert parameter.help, (name, parameter.name)


def test_every_rule_is_in_the_readme_and_on_its_page():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| {rule.name} |" in readme
        assert f"## {rule.name}\n" in page


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_readme_says_only_commands_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"^scheduler (\w+)", readme, re.MULTILINE):
        assert name in COMMANDS
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
