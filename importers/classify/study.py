"""One record with what the rules of its role ask of it again and again."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from importers.classify import giving, naming
from importers.classify import role_words as words
from importers.classify.company import Company
from importers.classify.fields import Passage, Reading, search
from importers.classify.patterns import Pattern
from trials.choices import StudyType

Found = tuple[Passage, str]
"""A passage and the words in it that decided, as written."""


@dataclass(frozen=True)
class Study:
    """One record with what the rules ask of it again and again."""

    reading: Reading

    @cached_property
    def company(self) -> Company:
        return Company(self.reading)

    @cached_property
    def given(self) -> Found | None:
        """CAR T cells among the interventions or arms, as something done in the study."""
        passages = (*self.reading.interventions, *self.reading.arms)
        return self.car_t_in(p for p in passages if not words.NOT_A_DOSE.search(p.folded.line))

    @cached_property
    def titled(self) -> Found | None:
        return self.car_t_in(self.reading.titles)

    @cached_property
    def tagged(self) -> Found | None:
        return self.car_t_in((*self.reading.conditions, *self.reading.keywords, *self.reading.interventions))

    @cached_property
    def summed(self) -> Found | None:
        return self.car_t_in(self.reading.summary)

    @cached_property
    def described(self) -> Found | None:
        return self.car_t_in((*self.reading.intervention_descriptions, *self.reading.arm_descriptions))

    @cached_property
    def gives_only_ordinary(self) -> bool:
        """Whether drugs, imaging and the like are all that is given, lymphodepletion left aside."""
        rest = [p for p in self.reading.interventions if not words.LYMPHODEPLETION.search(p.folded.line)]
        return bool(rest) and all(map(_ordinary, rest))

    @property
    def study_type(self) -> StudyType | None:
        return self.reading.record.study_type

    @property
    def named(self) -> Found | None:
        """CAR T cells anywhere that tells what the study is about."""
        return self.given or self.titled or self.tagged or self.summed or self.described or self.bare

    @cached_property
    def bare(self) -> Found | None:
        """A CAR in a title or an intervention in good company, where no look-alike cells are named."""
        strong = (*self.reading.interventions, *self.reading.titles)
        found = self.says(naming.BARE_CAR, strong)
        if not found or look_alike_in(strong) or not self.company.is_good or self.company.has_another_acronym:
            return None
        return found

    @property
    def texts(self) -> tuple[Passage, ...]:
        """Running text: what a record says in sentences."""
        reading = self.reading
        return (*reading.summary, *reading.intervention_descriptions, *reading.arm_descriptions)

    @cached_property
    def mentions(self) -> tuple[giving.Mention, ...]:
        """CAR T cells in running text, each with its sentence."""
        return tuple(giving.mentions(self.texts, self.company))

    @cached_property
    def gives_no_cells(self) -> bool:
        """Whether the registry's own words leave no room for cells: a study that observes, a device alone."""
        kinds = {given.kind for given in self.reading.record.interventions}
        devices = bool(kinds) and kinds <= words.KINDS_WITHOUT_CELLS
        return self.study_type == StudyType.OBSERVATIONAL or devices

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Names with a digit among the interventions, folded, without what they are: "rd14 01"."""
        names = (words.FORM.sub("", p.folded.line).strip() for p in self.reading.interventions)
        return tuple(
            name for name in names if words.HAS_DIGIT.search(name) and len(name) <= words.LONGEST_CODE
        )

    def car_t_in(self, passages: Iterable[Passage]) -> Found | None:
        """The first passage that names CAR T cells or a CAR T product."""
        for passage in passages:
            match = naming.find_car_t(passage.folded.line)
            if match and self.company.has_another_acronym:
                match = None
            quote = passage.folded.quote(match) if match else ""
            if match and (not words.CART_WORD.fullmatch(match[0]) or self.company.makes_car_t(quote)):
                return passage, quote
            for product, first, last in self.company.products(passage):
                if product.is_car_t:
                    return passage, passage.folded.quoted(first, last)
        return None

    def names_only_as(self, pattern: Pattern) -> bool:
        """Whether all text below the titles that names CAR T cells names them in this way alone."""
        lines = [passage.folded.line for passage in self.texts if naming.find_car_t(passage.folded.line)]
        counts = [(len(naming.car_t().findall(line)), len(pattern.findall(line))) for line in lines]
        return bool(counts) and all(named <= so for named, so in counts)

    def titles_only_as(self, pattern: Pattern) -> bool:
        """Whether every title that names CAR T cells names them in this way alone."""
        lines = [passage.folded.line for passage in self.reading.titles]
        named = [line for line in lines if naming.find_car_t(line)]
        return bool(named) and all(
            len(naming.car_t().findall(line)) <= len(pattern.findall(line)) for line in named
        )

    def says(self, pattern: Pattern, *groups: Iterable[Passage]) -> Found | None:
        found = search(pattern, (passage for group in groups for passage in group))
        return (found[0], found[0].folded.quote(found[1])) if found else None


def _ordinary(passage: Passage) -> bool:
    line = passage.folded.line
    return bool(words.ORDINARY.search(line) or _plain(passage)) and not words.CELLS.search(line)


def _plain(passage: Passage) -> bool:
    """A drug, exercise or device by its plain name: no code, and no word that may hide a cell product."""
    text, line = passage.folded.text, passage.folded.line
    return bool(words.PLAIN_NAME.fullmatch(text.strip())) and not words.NOT_PLAIN.search(line)


def look_alike_in(passages: Iterable[Passage]) -> Found | None:
    """The first passage that names cells or products that are not CAR T cells."""
    for passage in passages:
        if match := naming.OTHER_CELLS.search(passage.folded.line):
            return passage, passage.folded.quote(match)
        for product, first, last in naming.products(passage):
            if not product.is_car_t:
                return passage, passage.folded.quoted(first, last)
    return None
