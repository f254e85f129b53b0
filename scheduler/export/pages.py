"""Pages made from templates; nothing in them is loaded from elsewhere."""

from __future__ import annotations

from typing import Any


def page(template: str, **facts: Any) -> str:
    """The text of a page; every fact its template names must be given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("scheduler.export"), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, undefined=StrictUndefined)
    return environment.get_template(template).render(**facts)
