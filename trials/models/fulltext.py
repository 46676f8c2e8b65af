"""Free text: what PostgreSQL is asked for the words that no filter understood, and how hits rank."""

import re

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchRank
from django.db.models import F, Func, IntegerField, Q
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact

from trials.plain_text import plain

CONFIG = "tf_english"
MAX_QUERY_LENGTH = 500

_TITLES = re.compile(r"^(?:(?:dr|prof|professor|doctor|mr|mrs|ms|डॉ|डा|डॉक्टर|प्रो)(?:\s+|$))+", re.I)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Every listed trial gives CAR T cells, so these words tell none apart; half the titles spell them out.
_CAR_T = re.compile(
    r"\b(?:car[\s\-]*t|chimeric antigen receptor)(?:[\s\-]*cells?)?(?:\s+therap(?:y|ies))?\b", re.I
)
# "CD19/CD22" and "axi-cel" are one token each to PostgreSQL, "CD19 CD22" and "axi cel" are two.
_JOINERS = re.compile(r"[-/+_\u2010-\u2015]+")


def clean_text(text: str) -> str:
    """Text a database can hold, in one line without outer blanks, cut where no question is longer."""
    return " ".join(plain(_UNSTORABLE.sub(" ", text))[:MAX_QUERY_LENGTH].split())


def untitled(name: str) -> str:
    """A person's name as it is searched for: without "Dr" or "Prof." before it, and without marks."""
    plain = " ".join(re.sub("[.,;]", " ", name).split())
    return _TITLES.sub("", plain) or plain or name


def mentions(text: str) -> Q:
    """Trials whose texts hold all these words. Text without a word worth searching hides nothing."""
    query = _ts_query(text)
    return Q(search_vector=query) | Q(Exact(Func(query, function="numnode", output_field=IntegerField()), 0))


def relevance(text: str) -> Combinable:
    """How well a trial matches: title and ids weigh most, then labels, people and places, summary."""
    return SearchRank(F("search_vector"), _ts_query(text))


def _ts_query(text: str) -> SearchQueryCombinable:
    """The words as written, or the words with hyphens and slashes opened ("DRL-1801" needs the first)."""
    written = _CAR_T.sub(" ", clean_text(text))
    return SearchQuery(written, config=CONFIG) | SearchQuery(_JOINERS.sub(" ", written), config=CONFIG)
