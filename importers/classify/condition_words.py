"""Words and tables that settle which conditions a record names; `conditions` applies them."""

from itertools import product

from importers.classify.patterns import Pattern

Slugs = tuple[str, ...]

LOOK_ALIKES = (
    "cll 1",
    "all trans",
    "anaplastic lymphoma kinase",
    "anti gbm antibody",
    "esthesioneuroblastoma",
    "olfactory neuroblastoma",
    "esophagitis",
    "cancer cell",
    "cancer immunotherapy",
    "cancer center",
    "cancer hospital",
    "cancer institute",
    "primary peritoneal tumor",
    "primary peritoneal malignancy",
    "primary peritoneal neoplasm",
    "primary peritoneal malignant",
    "tumor cell",
    "tumor infiltrating",
    "tumor microenvironment",
    "tumor antigen",
    "tumor lysis",
    "tumor necrosis",
    "infection of",
    "anti infection",
    "human immunodeficiency virus vector",
    "immune effector cell therapy",
    "immune effector cell",
    "b cell maturation",
    "prostate specific membrane antigen",
    "prostate stem cell antigen",
    "carcinoembryonic antigen",
    "hodgkin negative",
    *(f"non {word}" for word in ("oncology", "oncologic", "oncological", "cancer", "malignant", "tumor")),
    "non malignancy",
    "non neoplastic",
)
"""Phrases that hold the words of a condition and do not name it."""

GENERIC = frozenset(
    {
        "cancer",
        "tumor",
        "neoplasm",
        "malignancy",
        "carcinoma",
        "adenocarcinoma",
        "malignant tumor",
        "malignant neoplasm",
    }
    | {
        "hematologic disease",
        "hematological disease",
        "hematologic disorder",
        "hematological disorder",
        "blood disease",
    }
)
"""Words for any cancer or blood disease: they name a trial only where nothing else does."""

AND_OTHERS = Pattern(r"\b(?:and|or|plus|with) (?:all |any )?other(?: (?:advanced|solid|type of|kind of))?$")
"""Before an umbrella, the same: "glioblastoma and other brain tumours"."""
MAY_JOIN = Pattern(
    r"\b(?:(?:may|can|could) (?:also )?(?:take part|join|participate|enrol\w*|be (?:enrolled|included"
    r"|treated))"
    r"|(?:are|is|will be) (?:also )?eligible (?:for|to)"
    r"|eligible (?:patient|participant|people|subject) (?:have|are|with|include)"
    r"|(?:study|trial) is (?:only )?(?:for|open to) (?:people|patient|adult|child|children|participant)"
    r"|will be (?:enrolled|included|recruited))\b"
)
"""Sentences that say whom a study takes."""
LEFT_OUT = Pattern(
    r"\b(?:other than|except(?:ing)?(?: for)?|excluding|exclusive of|apart from|but not)"
    r"(?: (?!with\b|in\b|who\b)\w+){0,3} ?$"
)
"""Before a disease, the same: "B-cell malignancies other than CLL"."""
EXCLUDED = Pattern(r"^(?:(?:is|are) )?(?:excluded|not (?:included|eligible|allowed))\b")
IS_CAUSE = Pattern(r"(?:virus )?(?:related|associated|induced|driven|positive|caused)\b")
CAUSED_BY = Pattern(r"\b(?:due to|caused by|secondary to|related to|associated with) ?$")
"""Around an infection that a cancer comes from: "hepatitis B-related liver cancer"."""
ANY_KIND = {("lymphoma",), ("leukemia",)}
"""Names so plain that "B-cell malignancies" beside one of them says more; both together say the same."""
NOT_JOINING = Pattern(r"\b(?:transform\w*|from|no|not|without|except|excluding|other than)(?: \w+){0,3} ?$")
"""Before a disease in such a sentence, where it is not what people have."""

UMBRELLA_OF_ITS_OWN = frozenset({"indolent"})
"""Words that make an umbrella mean people beyond the narrower types named beside it."""


ALONE = {
    "MG": "myasthenia-gravis",
    "MS": "multiple-sclerosis",
    "PV": "immune-skin",
    "RA": "rheumatoid-arthritis",
    "SS": "sjogren",
}
"""Abbreviations too short for running text: they count where they are all that a condition says."""

PRIMARY_BRAIN = frozenset({"glioma", "glioblastoma", "dipg", "medulloblastoma", "ependymoma", "brain-tumour"})
"""Tumours that begin in the brain: their spread along its lining is not a metastasis of another cancer."""

EMBRYONAL = ("embryonal", "tumor")

BREAST_TYPES = frozenset({"tnbc", "her2-breast"})
TITLE_FIELDS = frozenset({"title", "official_title"})

_B_CELLS = [f"b {kind}" for kind in ("cell", "line", "lineage", "lymphocyte", "lymphocytic", "lymphoid")]
_T_CELLS = [f"t {kind}" for kind in ("cell", "line", "lineage", "lymphocyte", "lymphoid")]
_ARE = (
    "",
    " positive",
    " expressing",
    " derived",
    " positive b cell",
    " positive b lineage",
    " positive t cell",
)
_OF = ("", " hematologic", " hematological", " hematopoietic", " lymphoid", " blood")
_NAMES = ("malignancy", "tumor", "neoplasm", "cancer")
_GROWTH = [f" {name}" for name in (*_NAMES, "malignant tumor", "malignant disease", "malignant neoplasm")]
OF_B_CELLS: Slugs = ("b-all", "cll", "b-nhl")
BROAD: dict[str, Slugs] = {
    **{
        "".join(words): OF_B_CELLS
        for words in product([*_B_CELLS, "cd19", "cd20", "cd22"], _ARE, _OF, _GROWTH)
    },
    **{
        "".join(words): ("t-cell-malignancy",)
        for words in product([*_T_CELLS, "cd7", "cd5"], _ARE, _OF, _GROWTH)
    },
    "malignancy of b cell origin": OF_B_CELLS,
    "hematologic malignancy of b cell origin": OF_B_CELLS,
    "hematological malignancy of b cell origin": OF_B_CELLS,
}
"""Ways to say "B-cell malignancy" and "T-cell malignancy"."""

B_ANTIGENS = frozenset({"CD19", "CD20", "CD22", "CD79a", "CD79b", "BAFF-R"})
T_ANTIGENS = frozenset({"CD7", "CD5", "CD1a", "CD2", "CD4", "TRBC1", "TRBC2", "CCR9"})
OTHER_LYMPHOMAS = frozenset({"hodgkin", "t-cell-malignancy", "ptcl", "alcl", "ctcl", "nk-t", "atll"})
LEUKAEMIA = {("leukemia",), ("acute", "leukemia"), ("b", "cell", "leukemia"), ("b", "leukemia")}
YOUNG = Pattern(r"\b(?:child|children|childhood|pediatric|infant)\b")
GROWN_UP = Pattern(r"\b(?<!young )(?:adult|elderly|older)\b")
B_LEUKAEMIAS = ("b-all", "cll")
YOUNG_ADULT = 30  # years; CLL is a disease of later life
