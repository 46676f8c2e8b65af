"""The way of CAR T treatment, step by step: what this trial's record says of each, in its own sentences.

Pure, and never guessed: a step counts as stated only with the sentence that states it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trials.explain.excerpts import (
    CRITERIA,
    NARRATIVE,
    OUTCOMES,
    Quote,
    RecordText,
    of_fields,
    quote,
    sentences,
)

STATED, WITHOUT, NOT_MENTIONED = "stated", "without", "not_mentioned"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I | re.X)


_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class StepRule:
    """Words that state a step, where they are looked for, and what makes a sentence speak of something else.

    `also` must stand in the sentence too.
    """

    fields: Sequence[str]
    words: re.Pattern[str]
    skip: re.Pattern[str] = _NEVER
    also: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the records tell it, with at most two of their sentences."""

    name: str
    state: str
    quotes: Sequence[Quote] = ()


_CELLS = _words(
    r"\bCAR\b|CAR-?T|\bCART|[- ]T[- ]?cells?\b|\bcell\ (?:product|infusion|dose)|\w+leucel\b|chimeric"
)
_COLLECTED = r"""
    (?:PBMCs?|mononuclear\ cells?|white\ blood\ cells?|leu[ck]ocytes|T[- ]cells|(?:T[- ])?lymphocytes|blood)
    (?:\ \([^)]*\))?\ (?:(?:will|would|shall|must|can)\ be|are|were|is)\ (?:\w+\ )?
    (?:collected|harvested|drawn|isolated|taken)
"""
RULES: dict[str, Sequence[StepRule]] = {
    "screening": [
        StepRule(
            NARRATIVE,
            _words(r"\b(?:pre-?)?screen(?:ed|ing)\b"),
            _words(
                r"screen(?:ing)?[ -]fail|(?:cancer|drug|mass|newborn|gene|genetic|library|population)"
                r"\W+(?:\w+\W+)?screen|screening\ (?:programme|program|mammogra)|throughput"
            ),
        )
    ],
    "apheresis": [
        StepRule(
            NARRATIVE,
            _words(r"\b(?:leu[ck]o?|leu[ck]ocyt|lympho?|cyt)?aph(?:a?eres[ei]s|eresed)\b|" + _COLLECTED),
            _words(r"failure\ of\ apheresis|plasma\ exchange"),
        ),
        StepRule(
            CRITERIA,
            _words(r"\b(?:leu[ck]o?|leu[ck]ocyt|lympho?)?apha?eres[ei]s\b"),
            _words(r"\b(?:previous|prior|another|earlier)\b|plasma"),
        ),
    ],
    "bridging": [
        StepRule(
            (*NARRATIVE, *CRITERIA, *OUTCOMES),
            _words(
                r"\bbridg(?:e|ing)[ -](?:(?:anti\S+|systemic|standard|tumou?r|salvage|optional)\ )?"
                r"(?:\(?(?:chemo|radio|immuno)?(?:-?therap\w+)|treatment|radiation|regimen|steroids?|phase|period)"
            ),
            _words(r"\b(?:prior|previous|earlier)\ bridging|no\ studies\ explor"),
        )
    ],
    "lymphodepletion": [
        StepRule(
            (*NARRATIVE, *OUTCOMES),
            _words(
                r"lympho-?\ ?deplet\w*|lymphocyte[- ]deplet\w*|lymphoablat\w*|\bLD\ chemotherapy|"
                r"\bfludarabine|preparative\ (?:chemotherapy|regimen)|(?:pre-?)?conditioning\b"
            ),
            _words(
                r"(?<!non-)(?<!non)myeloablative|fludarabine[- ](?:refractory|resistant)|reconditioning|"
                r"conditioning\b.{0,60}(?:transplant|SCT)|(?:transplant\w*|SCT)\b.{0,40}conditioning"
            ),
        ),
        StepRule(CRITERIA, _words(r"lympho-?\ ?deplet\w*"), _words(r"\b(?:previous|prior|earlier)\ lympho")),
    ],
    "infusion": [
        StepRule(
            (*NARRATIVE, *OUTCOMES),
            _words(
                r"(?:re)?infus(?:ed|ions?|ing|e)\b|\binject(?:ed|ions?)\b|administ\w+|intravenous\w*|"
                r"\b(?:receive|given|treated\ with)\b[^.\n]{0,60}?(?:\bCAR|\bcells?\b|leucel\b)"
            ),
            _words(
                r"donor\ lymphocyte|previously|\bprior\ (?:to\ enrol\w+|CAR)|\bfrequently\b|"
                r"\bhas\ been\b|\bhave\b|drugs\ that\ are\ given"
            ),
            _CELLS,
        ),
        StepRule(("interventions",), _CELLS),
    ],
    "stay": [
        StepRule(
            NARRATIVE,
            _words(
                r"\bhospitali[sz]ed\b|\badmitted\b|\bin-?patients?\b|\bhospitali[sz]ation\b|"
                r"\bout-?patient\ (?:setting|basis|treatment|administration|infusion|care)|"
                r"\b(?:stay|stays|remain|kept|be|monitored|observed|enter|into)\b[^.\n]{0,50}\b(?-i:hospitals?)\b|"
                r"\b(?-i:hospital)\ (?:stays?|admission|period)"
            ),
            _words(
                r"adverse\ (?:event|reaction)|\bserious|prolong|re-?hospitali|shorten|reduc\w+|length\ of|"
                r"duration\ of|as\ an\ outpatient|death\b|rates?\b|"
                r"within\ \d+\ (?:days|weeks|months)\ (?:before|prior|of\ (?:screen|enrol))"
            ),
        )
    ],
    "follow_up": [
        StepRule(
            NARRATIVE,
            _words(
                r"\blong[- ]term\ (?:safety\ )?follow|"
                r"\bfollow[- ]?up\ (?:visits?|periods?|phases?|assessments?|for|until|every|will|care)\b|"
                r"\bfollow[- ]?up\b[^.\n]{0,50}\b\d+\ ?-?(?:day|week|month|year)s?|"
                r"\b(?:clinic|study|frequent|regular|safety|survival|annual|year|month)\ follow[- ]?up|"
                r"\b(?:be|are|were)\ (?:then\ |closely\ |intensively\ )*(?:followed|monitored)\ "
                r"(?:up|for|until|every|closely|after|intensively|throughout)\b"
            ),
            _words(
                r"published|median\ follow|mean\ follow|follow[- ]?up\ data|follow[- ]?up\ of\ the\ study"
            ),
        ),
        StepRule(
            CRITERIA,
            _words(r"follow[- ]?up\b[^.\n]{0,40}\b\d+\ ?-?(?:month|year)s?|long[- ]term\ follow"),
            _words(r"\b(?:previous|prior|other|another)\b"),
        ),
    ],
}
NAMES = tuple(RULES)
_MAY_BE_LEFT_OUT = {"apheresis", "bridging", "lymphodepletion"}
_NO = re.compile(
    r"\b(?:no|without)(?:\s[\w-]+){0,6}\W*$|"
    r"\bnot\s(?:undergo|receive|need|require|be\sgiven|get|use|include|involve)\w*(?:\s[\w-]+){0,3}\W*$",
    re.I,
)
_NO_REASON = re.compile(r"contraindicat", re.I)
_OR_WITHOUT = re.compile(r"\b(?:with(?:\s?/\s?|\sor\s|\sand\s)without|vs\.?\sno|versus\sno|or\sno)\b", re.I)


def journey(texts: Sequence[RecordText]) -> list[Step]:
    """Every step in the order of treatment, with the sentences that state it or speak against it."""
    return [_step(name, texts) for name in NAMES]


def _step(name: str, texts: Sequence[RecordText]) -> Step:
    with_it: list[Quote] = []
    without_it: list[Quote] = []
    for source in dict.fromkeys(text.source for text in texts):
        stating, against = _statements(name, [text for text in texts if text.source == source])
        with_it += stating
        without_it += against
    state = STATED if with_it else WITHOUT if without_it else NOT_MENTIONED
    return Step(name, state, [*with_it, *without_it][:2])


def _statements(name: str, texts: Sequence[RecordText]) -> tuple[list[Quote], list[Quote]]:
    """The first sentence of one record that states the step, and the first that speaks against it."""
    stating: list[Quote] = []
    against: list[Quote] = []
    for passage, sentence, at in _found(RULES[name], texts):
        if name in _MAY_BE_LEFT_OUT and passage.field in NARRATIVE and _speaks_against(sentence, at):
            against = against or [quote(passage, sentence, at)]
        else:
            stating = stating or [quote(passage, sentence, at)]
            if name not in _MAY_BE_LEFT_OUT:
                break
    if name == "follow_up" and not stating:
        stating = _longest_watch(texts)
    return stating, against


def _found(rules: Sequence[StepRule], texts: Sequence[RecordText]) -> Iterator[tuple[RecordText, str, int]]:
    """Sentences that state a step, those of the earlier rules and fields first."""
    for rule in rules:
        for passage in of_fields(texts, rule.fields):
            for sentence, at in sentences(passage, rule.words):
                if not rule.skip.search(sentence) and (rule.also is None or rule.also.search(sentence)):
                    yield passage, sentence, at


def _speaks_against(sentence: str, at: int) -> bool:
    """Whether the record denies the words at `at`. "With or without" is both: the sentence is shown."""
    no = _NO.search(sentence[:at])
    return no is not None and not _NO_REASON.search(no[0]) and not _OR_WITHOUT.search(sentence)


_SPAN = re.compile(r"\b(\d{1,3})[ -]?(year|yr|month|week|day)", re.I)
_DAYS = {"year": 365, "yr": 365, "month": 30, "week": 7, "day": 1}
_WATCHED = 90
"""Days from which on an outcome's time frame says that people are followed."""


def _longest_watch(texts: Sequence[RecordText]) -> list[Quote]:
    """The outcome measured longest after treatment: to be measured then, people are seen again."""
    longest, source = _WATCHED, None
    for passage in of_fields(texts, OUTCOMES):
        for number, unit in _SPAN.findall(passage.text[passage.text.rfind("(") :]):
            if int(number) * _DAYS[unit.lower()] > longest:
                longest, source = int(number) * _DAYS[unit.lower()], passage
    return [quote(source, source.text)] if source else []
