"""Sums of 0/1 and whole-number variables: all the arithmetic that rules need, and nothing of any solver."""

from __future__ import annotations

from collections.abc import Iterable

#: coefficients that are all 1, by their number: most sums only count, and share these lists
ONES = [[1] * number for number in range(128)]


class Linear:
    """``const + Σ coefs[i] · variable vars[i]``; a variable may appear more than once.

    A sum never changes: what is made from it may share its lists.
    """

    __slots__ = ("coefs", "const", "vars")

    def __init__(self, vars: list[int] | None = None, coefs: list[int] | None = None, const: int = 0):
        self.vars: list[int] = [] if vars is None else vars
        self.coefs: list[int] = _ones(len(self.vars)) if coefs is None else coefs
        self.const = const

    def __add__(self, other: Linear | int) -> Linear:
        if isinstance(other, int):
            return Linear(self.vars, self.coefs, self.const + other)
        return Linear(self.vars + other.vars, self.coefs + other.coefs, self.const + other.const)

    __radd__ = __add__

    def __mul__(self, factor: int) -> Linear:
        return self if factor == 1 else Linear(self.vars, [c * factor for c in self.coefs], self.const * factor)

    __rmul__ = __mul__

    def __neg__(self) -> Linear:
        return self * -1

    def __sub__(self, other: Linear | int) -> Linear:
        return self + (-other)

    def __rsub__(self, other: int) -> Linear:
        return -self + other

    @property
    def fixed(self) -> bool:
        """True when nothing is open: the sum is the constant."""
        return not self.vars

    def value(self, values: list[int]) -> int:
        """The sum when variable i has ``values[i]``."""
        return self.const + sum(c * values[v] for v, c in zip(self.vars, self.coefs, strict=True))

    def terms(self) -> Iterable[tuple[int, int]]:
        """Variable and coefficient, each variable once."""
        once = len(self.vars) < 2 or len(set(self.vars)) == len(self.vars)
        return zip(self.vars, self.coefs, strict=True) if once else self.merged().items()

    def merged(self) -> dict[int, int]:
        """Coefficient by variable, repeated variables added up and zeros dropped."""
        found: dict[int, int] = {}
        for v, c in zip(self.vars, self.coefs, strict=True):
            found[v] = found.get(v, 0) + c
        return {v: c for v, c in found.items() if c}

    @classmethod
    def sum(cls, parts: Iterable[Linear]) -> Linear:
        """All parts added up in one pass."""
        vars: list[int] = []
        coefs: list[int] = []
        const = 0
        for part in parts:
            vars += part.vars
            coefs += part.coefs
            const += part.const
        ones = _ones(len(vars))
        return cls(vars, ones if coefs == ones else coefs, const)


def _ones(number: int) -> list[int]:
    return ONES[number] if number < len(ONES) else [1] * number
