"""Whether running text says that CAR T cells are given in the study, sentence by sentence.

A summary names CAR T cells for many reasons: as background, as what people had before, as what another
treatment is compared with. Only a sentence that gives them, or that says what the study's own product
is, makes a trial of CAR T cells.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from importers.classify import naming
from importers.classify import role_words as words
from importers.classify.company import Company
from importers.classify.fields import Passage
from importers.classify.patterns import Pattern
from importers.classify.sentences import is_compared, is_conditional, is_earlier, is_negated, sentence_at

GIVING = Pattern(
    r"\b(?:safe\w*|efficac\w+|effective\w*|tolerab\w+|feasib\w+|activity|pharmacokinetic\w*|optimal dose"
    r"|dose escalation|recommended dose|maximum tolerated|evaluat\w+|assess\w*|investigat\w+|explor\w+"
    r"|test\w*|determin\w+|stud(?:y|ied) of|trial of|infus\w+|inject\w+|administ\w+|will receive|receives"
    r"|(?:will be|are|is|being) (?:given|treated|infused)|treatment (?:with|of)|treat\w*"
    r"|composed of|consist\w* of|contain\w*|encod\w+|combin\w+|build\w*|this study|this trial)\b"
)
"""Words of a sentence on what a study does."""
PEOPLE_WHO_GET = Pattern(
    r"\b(?:patient|people|participant|subject|person|those|adult|child|children|recipient) "
    r"(?:who|that|already|being|receiving|treated|undergoing|getting|on|given|with prior)\b"
)
"""The sentence says who is looked at: what they get, they get anyway."""
BACKGROUND = Pattern(
    r"\b(?:has|have) (?:\w+ )?(?:shown|demonstrated|revolutioni[sz]ed|changed|emerged|become|been|achieved)\b"
    r"|\b(?:approved|currently|in recent year|previous study|standard of care|commercial\w*|such as|including"
    r"|for example|e g|promising|novel form|unlike|known as|like)\b"
)
"""The sentence tells what is known of CAR T cells, or names them as an example."""


DENIED = Pattern(
    r"^(?:\w+ ){1,5}?(?:(?:is|are|was|were|will|be|may|can|has|have|do|does) ){1,2}(?:not|never)\b"
    r"|^(?:\w+ ){1,5}?(?:(?:is|are|was|were|be) )?excluded\b"
)
"""What follows CAR T cells that are named only to say that they are not given."""
_BEFORE, _AFTER = 80, 80
LEADS_TO = Pattern(
    r"^(?:(?!(?:after|before|for|to|in|who|with|prior|post|during|following|than|of|by|while|until|and|if)\b)"
    r"\w+ ){0,7}$"
)
"""What may stand between the start of a description of a product and the words for CAR T cells."""


@dataclass(frozen=True, slots=True)
class Mention:
    """CAR T cells or a product named in a sentence; `start` is a place in the folded line."""

    passage: Passage
    start: int
    sentence: str
    quote: str

    def _is(self, says: Callable[[str, int], bool]) -> bool:
        return says(self.passage.folded.line, self.start)

    @property
    def is_of_the_study(self) -> bool:
        """Whether nothing around it says that it is denied, compared with, earlier or conditional."""
        otherwise = (is_negated, is_compared, is_earlier, is_conditional)
        if DENIED.search(self.passage.folded.line[self.start : self.start + _AFTER]):
            return False
        return not any(map(self._is, otherwise)) and not words.SIDE_OF_CAR_T.search(self.sentence)

    @property
    def says_what_it_is(self) -> bool:
        """Whether it is how the description of an intervention begins: "autologous CD19 CAR-T"."""
        if self.passage.field != "interventions" or self.start > _BEFORE:
            return False
        return bool(LEADS_TO.match(self.passage.folded.line[: self.start]))

    @property
    def is_earlier(self) -> bool:
        """Whether people had it, or have it anyway, before the study looks at them."""
        return self._is(is_earlier)

    @property
    def is_compared_or_denied(self) -> bool:
        """Whether it is named only as something that the study does not do."""
        return self._is(is_compared) or self._is(is_negated)


def mentions(passages: Iterable[Passage], company: Company) -> Iterator[Mention]:
    """Every place that names CAR T cells or a CAR T product, with its sentence."""
    for passage in passages:
        folded = passage.folded
        if naming.find_car_t(folded.line):
            for match in naming.car_t().finditer(folded.line):
                sentence = sentence_at(folded.line, match.start())
                yield Mention(passage, match.start(), sentence, folded.quote(match))
        for product, first, last in company.products(passage):
            if product.is_car_t:
                start = len(" ".join((*folded.words[:first], "")))
                yield Mention(passage, start, sentence_at(folded.line, start), folded.quoted(first, last))


def giving(found: Iterable[Mention], codes: Iterable[str]) -> Mention | None:
    """The first mention in a sentence that gives CAR T cells or explains one of the study's own codes."""
    codes = tuple(codes)
    for mention in found:
        if not mention.is_of_the_study:
            continue
        if mention.says_what_it_is or any(code in mention.sentence for code in codes):
            return mention
        in_passing = PEOPLE_WHO_GET.search(mention.sentence) or BACKGROUND.search(mention.sentence)
        if GIVING.search(mention.sentence) and not in_passing:
            return mention
    return None
