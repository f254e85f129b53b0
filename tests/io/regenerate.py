"""Rewrite the golden messages, for review in the diff: ``python -m tests.io.regenerate``."""

from tests.io.cases import CASES, said


def main() -> None:
    """Write expected.txt into every case."""
    for case in CASES:
        expected, now = case / "expected.txt", said(case / "program.yaml")
        if not expected.exists() or expected.read_text(encoding="utf-8") != now:
            expected.write_text(now, encoding="utf-8", newline="\n")
            print(f"changed: {case.name}")


if __name__ == "__main__":
    main()
