"""Whether a short name stands in company that makes it a CAR T product: cells, a receptor or an antigen.

Drugs, dyes and devices have the same short names as cell products ("MB-102", "Circular Ring (CAR)",
"KneeCart"), so a name alone decides nothing.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from importers.classify import naming
from importers.classify.contradictions import BLOOD_ANTIGENS, SOLID_ANTIGENS
from importers.classify.fields import Passage, Reading
from importers.classify.patterns import Pattern
from trials import vocabulary
from trials.vocabulary import Product
from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Phrases

CELLS_GIVEN = Pattern(
    r"\bt (?:cell|lymphocyte)\b|\b\w{0,4}car ?t\b|\bchimeric\b|\blymphocyte\b|\bcell\w* (?:product|injection"
    r"|infusion|therapy|preparation|suspension|kinetic|immunotherapy|metabolic)\b|\bgene (?:modified"
    r"|transduced)"
    r"|\binjection of \w+ cell\b|\bimmune cell\b|\blymphodeplet\w*|\bpreconditioning\b"
)
"""Cells given to people, or a receptor: what a CAR T record says besides the product's code."""
T_CELLS = Pattern(
    r"\bt (?:cell|lymphocyte)\b|\bchimeric\b|\b\w{0,3}car t\b|\bcart cell\b|\blymphocyte\b|\bcart\d"
)
OF_CELLS = Pattern(
    r"\bcell\b|lymphocyte|\bchimeric\b|\breceptor\b|\bantigen\b|\b\w+leucel\b|immunotherap|apheresis"
    r"|lymphodeplet|\bcytokine\b|\bicans?\b|\binfusion\b"
)
"""Words of which a record of CAR T cells has one, where "CAR-T" is no acronym of something else."""
ACRONYM = Pattern(
    r"\(\s*CAR[\s-]?T\b[^()]{0,12}\)|\bCAR[\s-]?T\b\s*(?:stands\s+for|means|is\s+short\s+for)", re.I
)
OTHER_PRODUCT = Pattern(
    r"\b(?:antibody|\w+mab|inhibitor|fluorescen\w*|dye|tracer|radio\w+|pet|tablet|capsule|oral\w*|vaccine"
    r"|small molecule|peptide|conjugate|adc|oligonucleotide|agonist|antagonist|cream|eye|topical|aerosol"
    r"|contrast|enzyme|steroid|hormone)\b"
)
"""What a code means where it is no cell product."""
SHORT_CODE = re.compile(r"^[a-z]{1,3} ?\d{2,3}$")
"""A few letters and two or three digits: many drugs share such a code. Longer ones are a product's own."""
KINDS_OF_THINGS = frozenset({"DEVICE", "PROCEDURE", "DIAGNOSTIC_TEST", "RADIATION"})
"""What an operation or a device is registered as."""
OF_BLOOD = Pattern(
    r"\b(?:lymphoma|\w*leukemia|myeloma|h\w*matolog\w*|blood|b cell|t cell|plasma cell|bpdcn|blastic"
    r"|amyloidosis|nhl|all|aml|cll"
    r"|autoimmune|immune|lupus|sle|myositis|scleroderma|sclerosis|arthritis|nephritis|nephropathy"
    r"|myasthenia|pemphigus"
    r"|vasculitis|sjogren|rejection|transplant\w*)\b"
)
OF_SOLID = Pattern(
    r"\b(?:tumor|cancer|\w*carcinoma|\w*glioma|\w*blastoma|\w*sarcoma|melanoma|mesothelioma|neoplasm)\b"
)
"""Diseases that CAR T cells against antigens of blood cells, or of solid tumours, are made for."""


@cache
def _antigens() -> Phrases[str]:
    return Phrases(
        (alias, target.name) for target in vocabulary.targets().values() for alias in target.aliases
    )


@dataclass(frozen=True)
class Company:
    """What else a record says, looked up only when a short name needs it."""

    reading: Reading

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        reading = self.reading
        return (
            *reading.titles,
            *reading.interventions,
            *reading.arms,
            *reading.keywords,
            *reading.conditions,
            *reading.summary,
            *reading.intervention_descriptions,
            *reading.arm_descriptions,
        )

    @cached_property
    def antigens(self) -> frozenset[str]:
        """Every antigen the record names."""
        return frozenset(hit.meaning for p in self._passages for hit in _antigens().find(p.folded))

    @cached_property
    def has_cells(self) -> bool:
        """Whether cells or a receptor are named."""
        return any(CELLS_GIVEN.search(passage.folded.line) for passage in self._passages)

    @cached_property
    def is_of_t_cells(self) -> bool:
        """Whether T cells, a receptor or an antigen are named: what makes a word in "cart" CAR T cells."""
        return bool(self.antigens) or any(T_CELLS.search(passage.folded.line) for passage in self._passages)

    def makes_car_t(self, quote: str) -> bool:
        """Whether a word that ends in "cart" means CAR T cells: "CART" in a trial against cancer does."""
        return self.is_of_t_cells or ("CART" in quote and self._names(OF_BLOOD, OF_SOLID))

    def _names(self, *diseases: Pattern) -> bool:
        named = [p.folded.line for p in (*self.reading.titles, *self.reading.conditions)]
        return any(pattern.search(line) for pattern in diseases for line in named)

    @cached_property
    def says_other(self) -> bool:
        """Whether the record calls something an antibody, a dye, a tablet and the like."""
        return any(OTHER_PRODUCT.search(passage.folded.line) for passage in self._passages)

    @cached_property
    def has_another_acronym(self) -> bool:
        """Whether "CAR-T" is short for something else, where no word is of cells: a repair, a device."""
        if any(OF_CELLS.search(passage.folded.line) for passage in self._passages) or self.antigens:
            return False
        if any(ACRONYM.search(passage.folded.text) for passage in self._passages):
            return True
        things = [one for one in self.reading.record.interventions if one.kind in KINDS_OF_THINGS]
        named = any(naming.find_car_t(fold(one.name).line) for one in things)
        return named and not self._names(OF_BLOOD, OF_SOLID)

    @property
    def is_good(self) -> bool:
        """Whether a CAR without a word on its cells may be taken as one."""
        return self.has_cells or bool(self.antigens)

    def products(self, passage: Passage) -> list[tuple[Product, int, int]]:
        """Named products of a passage whose name is no mere code, or a code in good company."""
        return [found for found in naming.products(passage) if self._is_meant(passage, *found)]

    def _is_meant(self, passage: Passage, product: Product, first: int, last: int) -> bool:
        written = " ".join(passage.folded.words[first:last])
        if not product.is_car_t or not SHORT_CODE.fullmatch(written) or self._says_car:
            return True
        if self.says_other:
            return False
        if self.has_cells or self.antigens & set(product.targets):
            return True
        return written in _own_spellings(product) and self._fits(product)

    @cached_property
    def _says_car(self) -> bool:
        return any(naming.find_car_t(passage.folded.line) for passage in self._passages)

    def _fits(self, product: Product) -> bool:
        """Whether the disease is of the kind that the product's antigens are on."""
        kinds = (OF_BLOOD, BLOOD_ANTIGENS), (OF_SOLID, SOLID_ANTIGENS)
        targets = set(product.targets)
        against = [pattern for pattern, others in kinds if targets and targets <= others]
        return self._names(*(against or [OF_BLOOD, OF_SOLID]))


@cache
def _own_spellings(product: Product) -> frozenset[str]:
    """The names of a product as its row has them, folded; not those made by joining and parting them."""
    return frozenset(fold(name).line for name in (product.name, *product.aliases))
