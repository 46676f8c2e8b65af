"""Counts of right, surplus and missed labels, and the rates made from them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean


@dataclass
class Score:
    """Labels given and deserved (`right`), given only (`surplus`), deserved only (`missed`)."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.surplus + self.missed)

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  (of {self.right + self.missed})"
        )


@dataclass
class Axis:
    """Scores of one axis: over all labels and for each label, with the studies that went wrong."""

    name: str
    total: Score = field(default_factory=Score)
    by_label: dict[str, Score] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    studies: int = 0

    @property
    def exact(self) -> float:
        """The share of studies with all labels right and none too many."""
        return 1 - len(self.misses) / self.studies if self.studies else 1.0

    @property
    def macro_f1(self) -> float:
        """The mean over the labels that a person gave; 1 where there is none."""
        scores = [score.f1 for score in self.by_label.values() if score.right + score.missed]
        return fmean(scores) if scores else 1.0

    def add(self, study: str, wanted: Iterable[str], given: Iterable[str], why: Sequence[str] = ()) -> None:
        """Count one study; `why` is shown where it went wrong."""
        wanted, given = set(wanted), set(given)
        self.studies += 1
        counts = Counter(right=len(wanted & given), surplus=len(given - wanted), missed=len(wanted - given))
        for label in sorted(wanted | given):
            _count(self.by_label.setdefault(label, Score()), label in wanted, label in given)
        self.total.right += counts["right"]
        self.total.surplus += counts["surplus"]
        self.total.missed += counts["missed"]
        if wanted != given:
            said = "  ".join(
                [
                    *(f"-{label}" for label in sorted(wanted - given)),
                    *(f"+{label}" for label in sorted(given - wanted)),
                ]
            )
            self.misses.append(f"{study}: {said}  {'; '.join(why)[:160]}")


def _count(score: Score, wanted: bool, given: bool) -> None:
    score.right += wanted and given
    score.surplus += given and not wanted
    score.missed += wanted and not given


def lines(axis: Axis, *, misses: bool = True) -> Iterable[str]:
    """An axis as text: the whole, each label, and each miss where they may be looked at."""
    yield f"{axis.name}: micro {axis.total}  macro F1 {axis.macro_f1:.3f}"
    yield f"    {'exact':<24} {axis.exact:.3f} of {axis.studies}"
    for label, score in sorted(axis.by_label.items()):
        yield f"    {label:<24} {score}"
    for miss in axis.misses if misses else ():
        yield f"    missed  {' '.join(miss.split())}"
