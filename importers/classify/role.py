"""What a study has to do with CAR T cells: rules in order, the first decisive one wins.

Definitions are the labelling guide's: an arm that gives CAR T cells, also as control, decides for
`gives_car_t`; CAR T named as earlier treatment decides for nothing.
"""

from collections.abc import Callable

from importers.classify import giving, naming
from importers.classify import role_words as words
from importers.classify.fields import Reading
from importers.classify.study import Found, Study, look_alike_in
from importers.records import Evidence
from trials.choices import Role, StudyType


def _code_named_cells(study: Study) -> Found | None:
    """A code name beside words on cells or beside the usual preparation for CAR T cells, no CAR named."""
    texts = (study.reading.titles, study.reading.interventions, study.reading.summary)
    if not (coded := _unexplained_code(study)):
        return None
    prepared = all(study.says(drug, *texts) for drug in words.PREPARATION)
    return coded if prepared or study.says(words.CELL_PRODUCT, *texts) else None


def _code_of_a_product(study: Study) -> Found | None:
    """A code that a CAR T product has too, or one beside an antigen: nothing says that it is cells."""
    if not (coded := _unexplained_code(study)):
        return None
    strong = (*study.reading.interventions, *study.reading.titles)
    known = any(product.is_car_t for passage in strong for product, _, _ in naming.products(passage))
    if known:
        return coded
    kinds = {given.kind for given in study.reading.record.interventions}
    unlikely = study.gives_only_ordinary or not kinds & words.KINDS_OF_CELLS
    return coded if study.company.antigens and not unlikely else None


def _unexplained_code(study: Study) -> Found | None:
    """A code name among what is given, where nothing says what it is."""
    coded = study.says(words.CODE_NAME, study.reading.interventions)
    if not coded or study.gives_no_cells or study.named:
        return None
    reading = study.reading
    passages = (*reading.titles, *reading.interventions, *reading.keywords, *study.texts)
    if look_alike_in(passages) or study.says(words.OTHER_THAN_T, passages) or study.company.says_other:
        return None
    return coded


def _engineered_cells(study: Study) -> Found | None:
    """Gene-modified lymphocytes, the receptor not named: CAR T or TCR-T, and a person must decide."""
    strong = (*study.reading.titles, *study.reading.interventions)
    found = None if study.named or study.gives_no_cells else study.says(words.ENGINEERED_CELLS, strong)
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
    if years_later := study.says(words.YEARS_LATER, titles):
        return years_later if study.says(words.TREATED_ELSEWHERE, titles, summary) else None
    earlier = None if study.given else study.says(words.TREATED_EARLIER, titles)
    return earlier if earlier and study.says(words.LATE_EFFECTS, summary) else None


def _observational(study: Study) -> Found | None:
    """The registry says so; where it states neither type nor phase, a sentence does."""
    if study.study_type == StudyType.OBSERVATIONAL:
        return study.given or study.titled or study.tagged
    if study.study_type or study.reading.record.phases:
        return None
    return study.says(words.OBSERVATIONAL, study.reading.titles, study.reading.summary)


def _observes_recipients(study: Study) -> Found | None:
    """An observational study whose text says that it looks at people with CAR T cells."""
    if study.study_type != StudyType.OBSERVATIONAL:
        return None
    return study.says(words.CLOSE_TO_CAR_T, study.texts)


def _observes_others(study: Study) -> Found | None:
    """An observational study that names CAR T cells in passing."""
    return study.named if study.study_type == StudyType.OBSERVATIONAL else None


def _device(study: Study) -> Found | None:
    """Devices, tests and behaviour alone: no cells are given, whatever is named."""
    return study.named if study.gives_no_cells and not study.given else None


def _training(study: Study) -> Found | None:
    """Nurses, doctors or students learn about CAR T cells; no patient is treated."""
    if not study.gives_no_cells or not study.named:
        return None
    reading = study.reading
    return study.says(words.TRAINING, reading.titles, reading.conditions, reading.summary)


def _barred_by_title(study: Study) -> Found | None:
    """Titles name CAR T cells only as what people have not had, or may have had or not."""
    return study.titled if study.titles_only_as(words.BARRED_CAR_T) else None


def _cells_as_device(study: Study) -> Found | None:
    """Cells registered as a device or a test: a person must decide."""
    return study.given if study.gives_no_cells else None


def _of_no_stated_type(study: Study) -> Found | None:
    """Neither a type nor a phase, and nothing that says that something is given: a person must decide."""
    if study.study_type or study.reading.record.phases:
        return None
    if study.says(words.INTERVENTIONAL, study.reading.titles, study.reading.summary):
        return None
    strong = study.given or study.titled or study.tagged
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
    earlier = bool(study.mentions) and all(mention.is_earlier for mention in study.mentions)
    return study.named if earlier or study.names_only_as(words.AFTER_CAR_T) else None


def _compared_only(study: Study) -> Found | None:
    """CAR T cells are what something else is compared with."""
    compared = study.mentions and all(mention.is_compared_or_denied for mention in study.mentions)
    return (study.mentions[0].passage, study.mentions[0].quote) if compared else None


def _given_by_summary(study: Study) -> Found | None:
    """A sentence gives CAR T cells, or says of the study's own product that it is one."""
    mention = giving.giving(study.mentions, study.codes)
    return (mention.passage, mention.quote) if mention else None


def _named_in_summary(study: Study) -> Found | None:
    """CAR T cells are named, and no sentence gives them: a person must decide."""
    return study.named


CODE_NAMED = "role/code-named-cells"
ENGINEERED = "role/engineered-cells"
CODE_SHARED = "role/code-without-cells"
NO_TYPE = "role/no-type-stated"
NAMED_ONLY = "role/named-in-summary"
CELLS_AS_DEVICE = "role/cells-as-device"
UNDECIDED_RULES = frozenset({CODE_NAMED, CODE_SHARED, ENGINEERED, NO_TYPE, NAMED_ONLY, CELLS_AS_DEVICE})
"""Rules whose word is a guess: the study waits for a person and is not public."""

# Each of these decides fewer than three of the 2,567 known records and stays for a kind of record that the
# development files hardly hold: given-bare, eligible-only, around-by-summary, device, cells-as-device,
# compared-only, observes-recipients and observes-others tell background from giving; code-named-cells,
# code-without-cells, engineered-cells and named-in-summary keep doubtful records from the public.
RULES: tuple[tuple[str, Role, Callable[[Study], Found | None]], ...] = (
    (CODE_NAMED, Role.GIVES_CAR_T, _code_named_cells),
    (ENGINEERED, Role.GIVES_CAR_T, _engineered_cells),
    (CODE_SHARED, Role.NOT_CAR_T, _code_of_a_product),
    ("role/no-car-t-named", Role.NOT_CAR_T, _no_car_t),
    ("role/look-alike", Role.NOT_CAR_T, _look_alike),
    ("role/expanded-access", Role.EXPANDED_ACCESS, _expanded_access),
    ("role/long-term-follow-up", Role.FOLLOW_UP, _follow_up),
    ("role/observes", Role.OBSERVATIONAL, _observational),
    ("role/observes-recipients", Role.OBSERVATIONAL, _observes_recipients),
    ("role/observes-others", Role.NOT_CAR_T, _observes_others),
    (NO_TYPE, Role.OBSERVATIONAL, _of_no_stated_type),
    ("role/training", Role.NOT_CAR_T, _training),
    ("role/device", Role.AROUND_CAR_T, _device),
    (CELLS_AS_DEVICE, Role.AROUND_CAR_T, _cells_as_device),
    ("role/given", Role.GIVES_CAR_T, _given),
    ("role/given-bare", Role.GIVES_CAR_T, _given_bare),
    ("role/eligible-only", Role.NOT_CAR_T, _eligible_only),
    ("role/barred-by-title", Role.NOT_CAR_T, _barred_by_title),
    ("role/around-by-title", Role.AROUND_CAR_T, _around_by_title),
    ("role/given-by-title", Role.GIVES_CAR_T, _given_by_title),
    ("role/earlier-only", Role.NOT_CAR_T, _earlier_only),
    ("role/around-by-summary", Role.AROUND_CAR_T, _around_by_summary),
    ("role/compared-only", Role.NOT_CAR_T, _compared_only),
    ("role/given-by-summary", Role.GIVES_CAR_T, _given_by_summary),
    (NAMED_ONLY, Role.NOT_CAR_T, _named_in_summary),
)


def decide(reading: Reading) -> tuple[Role, Evidence]:
    """The role of a study and the words that decided it."""
    study = Study(reading)
    for rule, role, applies in RULES:
        if found := applies(study):
            passage, quote = found
            return role, Evidence("role", role, rule, passage.field, quote)
    raise AssertionError("the last rule catches what names CAR T")
