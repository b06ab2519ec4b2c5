"""Tallies of many articles as figures, each with its interval, all on the same draws."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from touchline.bootstrap import f1, percentiles, ratio
from touchline.figures import Group, Rate, Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from touchline.bootstrap import Draws
    from touchline.tally import Tally

__all__ = ["Totals", "confusion"]


class Totals:
    """What some tallies add up to."""

    def __init__(self, tallies: Sequence[Tally], draws: Draws) -> None:
        self._tallies = tallies
        self._draws = draws

    def right(self, name: str) -> list[int]:
        """How often something was right, by article."""
        return [counted.right[name] for counted in self._tallies]

    def answered(self, name: str) -> list[int]:
        """How often something was found, by article."""
        return [counted.found[name] for counted in self._tallies]

    def gold(self, name: str) -> list[int]:
        """How often the gold has something, by article."""
        return [counted.gold[name] for counted in self._tallies]

    def score(self, name: str, *, whole: bool = False) -> Score:
        """Precision, recall and F1; `whole` gives an interval to each, else F1 alone has one.

        What a single article holds has none: no draw of articles tells how it varies.
        """
        columns = (self.right(name), self.answered(name), self.gold(name))
        right, found, gold = map(sum, columns)
        alone = sum(map(any, zip(*columns, strict=True))) < 2
        drawn = [[] if alone else self._draws.sums(column) for column in columns]
        return Score(
            right=right,
            found=found,
            gold=gold,
            precision=ratio(right, found),
            recall=ratio(right, gold),
            f1=f1(right, found + gold),
            precision_interval=percentiles(map(ratio, drawn[0], drawn[1])) if whole else None,
            recall_interval=percentiles(map(ratio, drawn[0], drawn[2])) if whole else None,
            f1_interval=percentiles(f1(r, f + g) for r, f, g in zip(*drawn, strict=True)),
        )

    def rate(self, right: Sequence[int], of: Sequence[int]) -> Rate:
        """A share of two numbers by article; none of a single article has an interval."""
        alone = sum(map(bool, of)) < 2
        drawn = [[] if alone else self._draws.sums(column) for column in (right, of)]
        share = ratio(sum(right), sum(of))
        interval = percentiles(map(ratio, *drawn))
        return Rate(right=sum(right), of=sum(of), rate=share, interval=interval)

    def groups(self, kind: str, names: Iterable[str]) -> dict[str, Group]:
        """The figures of each language, type or status that the gold has or that was found."""
        made = {}
        for name in names:
            strict = self.score(f"{kind}:{name} strict")
            if strict.gold or strict.found:
                held = sum(map(bool, self.gold(f"{kind}:{name} strict")))
                slots = self.score(f"{kind}:{name} slots")
                made[str(name)] = Group(documents=held, strict=strict, slots=slots)
        return made


def confusion(counted: Iterable[Counter[tuple[str, str]]]) -> dict[str, dict[str, int]]:
    """What the gold has, and for each of it what was found, the most frequent first.

    >>> confusion([Counter({("dismissal", "departure"): 1})])
    {'dismissal': {'departure': 1}}
    """
    total: Counter[tuple[str, str]] = Counter()
    for counter in counted:
        total.update(counter)
    table: dict[str, dict[str, int]] = {}
    ordered = sorted(total.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    for (one, other), count in ordered:
        table.setdefault(str(one), {})[str(other)] = count
    return table
