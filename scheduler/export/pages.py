"""Pages made from templates; nothing in them is loaded from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def page(template: str, **facts: Any) -> str:
    """The text of a page; every fact its template names must be given."""
    return environment().get_template(template).render(**facts)


@cache
def environment() -> Environment:
    """Where templates are found; each is compiled once."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(loader=PackageLoader("scheduler.export"), autoescape=True, trim_blocks=True,
                       lstrip_blocks=True, undefined=StrictUndefined, auto_reload=False)
