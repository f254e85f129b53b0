"""A file as text, whatever wrote it: UTF-8, UTF-16 or the encoding of Windows. Bad files are problems, not errors."""

from __future__ import annotations

from pathlib import Path

from scheduler.io.problems import BadInput, Place, Problem, did_you_mean

PLAIN = "Save the program as plain text (UTF-8)."


def read_bytes(path: Path) -> bytes:
    """The bytes of a program file. Raises BadInput when there is no such file, or it cannot be opened."""
    place = Place(path.name or str(path))
    if path.is_dir():
        inside = "Give the program.yaml inside it." if (path / "program.yaml").is_file() else \
            "Give the program file itself, or begin one with `scheduler new`."
        raise BadInput([Problem(place, "This is a folder, not a program file.", inside)])
    try:
        return path.read_bytes()
    except FileNotFoundError:
        folder = path.parent
        if not folder.is_dir():
            raise BadInput([Problem(Place(str(path)), f"There is no folder “{folder}”.",
                                    "Check the spelling of the path.")]) from None
        beside = sorted(p.name for p in folder.iterdir() if p.suffix in (".yaml", ".yml"))
        raise BadInput([Problem(Place(str(path)), "There is no such file.", did_you_mean(path.name, beside)
                                or "Begin one with `scheduler new`.")]) from None
    except OSError as error:
        raise BadInput([Problem(place, f"This file cannot be opened: {(error.strerror or str(error)).lower()}.",
                                "Close it in other programs, and check that you may read it.")]) from None


def decode(name: str, data: bytes) -> str:
    """Text from bytes: UTF-8 or UTF-16 as they announce themselves, else the encoding of Windows."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput([Problem(Place(name), "This is a workbook or another Office document, not a program file.",
                                "Give the program.yaml; workbooks may stand beside it: fellows: fellows.xlsx.")])
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if data[1:2] == b"\x00":                                    # UTF-16 that does not announce itself
            return data.decode("utf-16-le")
        if data[:1] == b"\x00":
            return data.decode("utf-16-be")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise BadInput([Problem(Place(name), "This is not a text file.", PLAIN)]) from None
        return data.decode("cp1252", errors="replace")
