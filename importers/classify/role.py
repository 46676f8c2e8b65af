"""What a study has to do with CAR T cells: rules in order, the first decisive one wins.

Definitions are the labelling guide's: an arm that gives CAR T cells, also as control, decides for
`gives_car_t`; CAR T named as earlier treatment decides for nothing.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from importers.classify import naming
from importers.classify import role_words as words
from importers.classify.fields import Passage, Reading, search
from importers.records import Evidence
from trials.choices import Role, StudyType

Found = tuple[Passage, str]
"""A passage and the words in it that decided, as written."""


@dataclass(frozen=True)
class Study:
    """One record with what the rules ask of it again and again."""

    reading: Reading

    @cached_property
    def given(self) -> Found | None:
        """CAR T cells among the interventions or arms, as something done in the study."""
        passages = (*self.reading.interventions, *self.reading.arms)
        return car_t_in(p for p in passages if not words.NOT_A_DOSE.search(p.folded.line))

    @cached_property
    def titled(self) -> Found | None:
        return car_t_in(self.reading.titles)

    @cached_property
    def tagged(self) -> Found | None:
        return car_t_in((*self.reading.conditions, *self.reading.keywords, *self.reading.interventions))

    @cached_property
    def summed(self) -> Found | None:
        return car_t_in(self.reading.summary)

    @cached_property
    def described(self) -> Found | None:
        return car_t_in((*self.reading.intervention_descriptions, *self.reading.arm_descriptions))

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
        """A CAR in a title or an intervention where no look-alike cells are named."""
        strong = (*self.reading.interventions, *self.reading.titles)
        return None if look_alike_in(strong) else self.says(naming.BARE_CAR, strong)

    def names_only_as(self, pattern: re.Pattern[str]) -> bool:
        """Whether all text below the titles that names CAR T cells names them in this way alone."""
        reading = self.reading
        texts = (*reading.summary, *reading.intervention_descriptions, *reading.arm_descriptions)
        lines = [passage.folded.line for passage in texts if naming.find_car_t(passage.folded.line)]
        counts = [(len(naming.car_t().findall(line)), len(pattern.findall(line))) for line in lines]
        return bool(counts) and all(named <= so for named, so in counts)

    def says(self, pattern: re.Pattern[str], *groups: Iterable[Passage]) -> Found | None:
        found = search(pattern, (passage for group in groups for passage in group))
        return (found[0], found[0].folded.quote(found[1])) if found else None


def _ordinary(passage: Passage) -> bool:
    line = passage.folded.line
    return bool(words.ORDINARY.search(line) or _plain(passage)) and not words.CELLS.search(line)


def _plain(passage: Passage) -> bool:
    """A drug, exercise or device by its plain name: no code, and no word that may hide a cell product."""
    text, line = passage.folded.text, passage.folded.line
    return bool(words.PLAIN_NAME.fullmatch(text.strip())) and not words.NOT_PLAIN.search(line)


def car_t_in(passages: Iterable[Passage]) -> Found | None:
    """The first passage that names CAR T cells or a CAR T product."""
    for passage in passages:
        if match := naming.find_car_t(passage.folded.line):
            return passage, passage.folded.quote(match)
        for product, first, last in naming.products(passage):
            if product.is_car_t:
                return passage, passage.folded.written(first, last)
    return None


def look_alike_in(passages: Iterable[Passage]) -> Found | None:
    """The first passage that names cells or products that are not CAR T cells."""
    for passage in passages:
        if match := naming.OTHER_CELLS.search(passage.folded.line):
            return passage, passage.folded.quote(match)
        for product, first, last in naming.products(passage):
            if not product.is_car_t:
                return passage, passage.folded.written(first, last)
    return None


def _code_named_cells(study: Study) -> Found | None:
    """Cells under a code name, nothing said of a CAR: likely CAR T, and a person must decide."""
    coded = study.says(words.CODE_NAME, study.reading.interventions)
    texts = (study.reading.titles, study.reading.interventions, study.reading.summary)
    if not coded or not study.says(words.CELL_PRODUCT, *texts) or study.named:
        return None
    passages = [passage for group in texts for passage in group]
    return None if look_alike_in(passages) or study.says(words.OTHER_THAN_T, passages) else coded


def _engineered_cells(study: Study) -> Found | None:
    """Gene-modified lymphocytes, the receptor not named: CAR T or TCR-T, and a person must decide."""
    strong = (*study.reading.titles, *study.reading.interventions)
    found = None if study.named else study.says(words.ENGINEERED_CELLS, strong)
    passages = (*strong, *study.reading.summary)
    return None if look_alike_in(passages) or study.says(words.OTHER_THAN_T, passages) else found


def _no_car_t(study: Study) -> Found | None:
    if study.named:
        return None
    passage = study.reading.titles[0]
    return passage, ""


def _look_alike(study: Study) -> Found | None:
    if study.given or study.titled:
        return None
    return look_alike_in((*study.reading.interventions, *study.reading.titles))


def _expanded_access(study: Study) -> Found | None:
    strong = study.given or study.titled or study.tagged or study.bare
    if strong and study.study_type == StudyType.EXPANDED_ACCESS:
        return strong
    return study.says(words.EXPANDED_ACCESS, study.reading.titles) if strong else None


def _follow_up(study: Study) -> Found | None:
    titles, summary = study.reading.titles, study.reading.summary
    if long_term := study.says(words.LONG_TERM_FOLLOW_UP, titles):
        return long_term if study.says(words.ALREADY_TREATED, titles, summary) else None
    earlier = None if study.given else study.says(words.TREATED_EARLIER, titles)
    return earlier if earlier and study.says(words.LATE_EFFECTS, summary) else None


def _observational(study: Study) -> Found | None:
    """The registry says so; where it states neither type nor phase, the text does, or nothing is given."""
    strong = study.given or study.titled or study.tagged
    if study.study_type == StudyType.OBSERVATIONAL:
        return strong
    if study.study_type or study.reading.record.phases:
        return None
    texts = (study.reading.titles, study.reading.summary)
    if stated := study.says(words.OBSERVATIONAL, *texts):
        return stated
    if study.says(words.INTERVENTIONAL, *texts):
        return None
    return strong or (study.summed if study.gives_only_ordinary else None)


def _given(study: Study) -> Found | None:
    return study.given


def _given_bare(study: Study) -> Found | None:
    """A CAR in a title or an intervention, the cells not named and no other cells either."""
    return None if study.titled else study.bare


def _eligible_only(study: Study) -> Found | None:
    """A drug for people who could have CAR T."""
    return study.says(words.ELIGIBLE, study.reading.titles) if study.gives_only_ordinary else None


def _around_by_title(study: Study) -> Found | None:
    titles = study.reading.titles
    if study.titled:
        stated = study.says(words.BEFORE_OR_AFTER, titles)
        if stated or not study.gives_only_ordinary:
            return stated
        together = study.says(words.COMBINED, titles)
        routine = study.says(words.ROUTINE_CAR_T, titles, study.reading.summary)
        return study.titled if routine or not together else None
    return study.says(words.CELL_THERAPY_CARE, titles) if study.gives_only_ordinary else None


def _given_by_title(study: Study) -> Found | None:
    return study.titled


def _earlier_only(study: Study) -> Found | None:
    """CAR T is named as earlier treatment; for an ordinary drug also as an alternative or as background."""
    if study.names_only_as(words.PRIOR_CAR_T):
        return study.named
    if not study.gives_only_ordinary:
        return None
    summary = study.reading.summary
    close = study.says(words.CLOSE_TO_CAR_T, summary)
    return study.named if not close or study.says(words.EARLIER_CAR_T, summary) else None


def _around_by_summary(study: Study) -> Found | None:
    if study.gives_only_ordinary:
        return study.says(words.CLOSE_TO_CAR_T, study.reading.summary)
    return study.named if study.names_only_as(words.AFTER_CAR_T) else None


def _given_by_summary(study: Study) -> Found | None:
    return study.named


CODE_NAMED = "role/code-named-cells"
ENGINEERED = "role/engineered-cells"
UNDECIDED_RULES = frozenset({CODE_NAMED, ENGINEERED})
"""Rules whose word is a guess: the study waits for a person and is not public."""

RULES: tuple[tuple[str, Role, Callable[[Study], Found | None]], ...] = (
    (CODE_NAMED, Role.GIVES_CAR_T, _code_named_cells),
    (ENGINEERED, Role.GIVES_CAR_T, _engineered_cells),
    ("role/no-car-t-named", Role.NOT_CAR_T, _no_car_t),
    ("role/look-alike", Role.NOT_CAR_T, _look_alike),
    ("role/expanded-access", Role.EXPANDED_ACCESS, _expanded_access),
    ("role/long-term-follow-up", Role.FOLLOW_UP, _follow_up),
    ("role/observes", Role.OBSERVATIONAL, _observational),
    ("role/given", Role.GIVES_CAR_T, _given),
    ("role/given-bare", Role.GIVES_CAR_T, _given_bare),
    ("role/eligible-only", Role.NOT_CAR_T, _eligible_only),
    ("role/around-by-title", Role.AROUND_CAR_T, _around_by_title),
    ("role/given-by-title", Role.GIVES_CAR_T, _given_by_title),
    ("role/earlier-only", Role.NOT_CAR_T, _earlier_only),
    ("role/around-by-summary", Role.AROUND_CAR_T, _around_by_summary),
    ("role/given-by-summary", Role.GIVES_CAR_T, _given_by_summary),
)


def decide(reading: Reading) -> tuple[Role, Evidence]:
    """The role of a study and the words that decided it."""
    study = Study(reading)
    for rule, role, applies in RULES:
        if found := applies(study):
            passage, quote = found
            return role, Evidence("role", role, rule, passage.field, quote)
    raise AssertionError("the last rule catches what names CAR T")
