"""One line of the benchmark table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement, as a ratio against a floor or a peer measured in the same run where there is one."""

    name: str
    value: float
    unit: str
    aim: float | None = None
    ratio: float | None = None
    more_is_better: bool = False
    """True when `ratio` should be at least `aim`, as for "times faster than"."""

    @property
    def verdict(self) -> str:
        """`reached`, `missed`, or nothing where there is no aim."""
        measured = self.value if self.ratio is None else self.ratio
        if self.aim is None:
            return ""
        return (
            "reached" if (measured >= self.aim) is self.more_is_better or measured == self.aim else "missed"
        )

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:,.2f}x"
        sign = ">=" if self.more_is_better else "<="
        unit = self.unit if self.ratio is None else "x"
        aim = "" if self.aim is None else f"{sign} {self.aim:g} {unit}".replace(" x", "x")
        return f"{self.name:66} {self.value:11,.3f} {self.unit:4} {ratio:>10} {aim:>10} {self.verdict}"
