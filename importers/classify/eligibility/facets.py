"""The facets of eligibility that are allowed or excluded: one table, a facet an entry."""

from dataclasses import dataclass

from importers.classify.eligibility.antigens import ANTIGEN, DRUG, HINTS
from importers.classify.eligibility.treatments import ALLO, CAR, COULD_BE, COULD_BE_AFTER, HAD, HAD_THEN
from importers.classify.eligibility.wording import ANYTHING, NOTHING, compiled, either, pattern
from importers.classify.patterns import Pattern


@dataclass(frozen=True)
class FacetReader:
    """One question of eligibility."""

    name: str
    hints: tuple[str, ...]
    """One of these (small letters) stands in every criterion that speaks of it: a cheap first look."""
    mention: Pattern
    """What a criterion must say to speak of it."""
    needs: Pattern = ANYTHING
    """What stands in every mention, where finding that is much quicker than finding the mention."""
    unlike: Pattern = NOTHING
    """What, around a mention, makes it something else."""
    unlike_before: Pattern = NOTHING
    """The same, in the words that lead to the mention."""
    unlike_after: Pattern = NOTHING
    """The same, directly after it."""
    let_in: Pattern = NOTHING
    """What lets people in where it merely stands among the criteria for joining."""
    treatment: bool = False
    """Whether it is a treatment: excluded only for a time after it, or on a condition, is allowed."""
    never_lets_in: bool = False
    """Whether "are eligible" in the same sentence is about other people ("not pregnant ... are eligible")."""
    under_heading: bool = False
    """Whether the words that make it a mention may stand in the line above ("Prior treatment with:")."""
    wins: Pattern = NOTHING
    """Where the disease itself is there, a bar on some of its places is none."""
    allowed_wins: bool = False
    """Which value stands when two criteria differ."""
    demand_lets_in: bool = False
    """Whether a demand on people who have it ("must be on treatment") lets them in."""


_FOUND = (
    r"(?!\W{0,3}(?:positiv|negativ|\+|express|mutat|amplif|status|count"
    r"|(?:T\s+)?(?:lympho\w+|cells?)\s+count))"
)
"""What follows an antigen that was merely looked for."""
_AIMED = (
    r"(?:target|direct|therap|treat|CAR|antibod|agent|cell|inhibit|specific|product|drug|deplet|bispecific)"
)

_WITHIN = r"(?:within|less\s+than|in\s+the\s+(?:last|past))\s"
_SAME = r"\bsame\s+(?:\w+\s+)?(?:target|antigen|pathway|mechanism|epitope|receptor)"
_STILL = either(
    """must|should|has to|need*|still|again|re confirm*|reconfirm*|confirm*|shown|document*|demonstrat*
    |remain*|required"""
)
_STILL_THERE = (
    rf"(?:\bafter|\bfollowing|\bif)\b[^.;]{{0,60}}?{DRUG}[^.;]{{0,80}}?{ANTIGEN}[^.;]{{0,60}}?{_STILL}"
    rf"|{ANTIGEN}[^.;]{{0,40}}?{_STILL}[^.;]{{0,40}}?\b(?:after|following)\b[^.;]{{0,40}}?{DRUG}"
    rf"|{DRUG}[^.;]{{0,40}}?{_WITHIN}"
    rf"|{ANTIGEN}{_FOUND}[^.;,]{{0,30}}?(?:antibod|bispecific|engager|inhibitor)[^.;,]{{0,30}}?{_WITHIN}"
)
"""The antigen is required after a drug against it, or the drug is barred for a time alone."""

_CNS = either("CNS|central nervous*|intracranial|intra cranial|brain|leptomening*|mening*|cerebral|cranial")
_NAMED_CNS = rf"{_CNS}(?:\s+system)?(?:\s*\(\w+\))?(?:\s+or\s+spinal(?:\s+cord)?)?"
_GROWTH = either(
    """involv*|metasta*|leuk*|lymphom*|invasion|invaded|lesion*|infiltrat*|tumor*|tumour*|malignan*
    |relapse*|myeloma|carcinomatosis|localization|localisation|spread|cancer*|mets"""
)
_GROWS = either("relapse*|involv*|invasi*|infiltrat*|metasta*|spread|disease|leuk*|lymphoma")
_BRAIN_TUMOUR = either("glioblastoma*|GBM|glioma*|medulloblastoma*|ependymoma*|DIPG|DMG|astrocytoma*|ATRT")
_DISEASE_IS_THERE = compiled(
    _BRAIN_TUMOUR
    + "|"
    + either(
        """primary CNS|primary central nervous system|primary brain|isolated CNS|with or without CNS
        |disease in the central nervous|relapse* in the CNS|relapse* in the central"""
    )
)
_SPREAD_IS_LET_IN = pattern(
    """secondary CNS|secondary central nervous|active CNS metasta*|patients with CNS tumor*
    |patients with CNS tumour*"""
)
"""Disease in the brain that inclusion names; a bar on some of its forms still limits it."""
DISEASE_OF_CNS = compiled(
    rf"{_BRAIN_TUMOUR}|\b(?:CNS|central\s+nervous\s+system|brain|leptomeningeal|intracranial)\s+(?:\w+\s+)?"
    r"(?:tumou?r|neoplasm|cancer|metasta|lymphoma|malignan|relapse|leuk)"
)
"""In a title or among the conditions: the trial is for it, and a bar on some of its forms is no bar."""
_OTHER_ILLS = either(
    "epilep*|seizure*|stroke|paresis|ischemi*|dement*|hemorrh*|haemorrh*|parkinson*|psychiat*"
)

_HEP = (
    r"\bhep(?:atitis)?[\s,-]*(?:(?:virus|type|viruses|A|and|or|,|/)[\s,/]*){0,3}[BC]\b"
    r"|\bhepatitis\s*[(,]\s*(?:hepatitis\s*)?[BC]\b|\bHBV|\bHCV|HBs[\s-]?A|HBc[\s-]?A"
)

FACETS = (
    FacetReader(
        "prior_car_t",
        hints=("car", "chimeric", "gene", "cell"),
        needs=compiled(CAR),
        mention=compiled(
            rf"{HAD_THEN}(?P<what>{CAR})|(?P<none>{CAR})[\s-]*(?:therapy[\s-]*)?na[iï]ve|(?P<whose>{CAR})[^.;,，；]{{0,40}}?"
            r"(?:within|(?:<|≤|less\s+than)\s*\\?\d|(?:before|prior\s+to)\s+(?:screening|enrol|inclusion|sign|study)|(?:given|received|had)\s+(?:before|earlier|previously)|before(?=\W*(?:$|[.;,]))|in\s+the\s+(?:past|last|previous)|at\s+any\s+time)"
            rf"|{HAD}[^.;]{{0,60}}?\bincl(?:\.|\w*)\s+(?:an?\s+)?(?P<among>{CAR})"
            rf"|^\W*(?:any|other|another)?\s*(?P<alone>CAR[\s-]?T\b)(?:[\s-]*(?:cells?|therap\w+|treatment))*\W*$"
        ),
        unlike=compiled(
            r"(?:prior\s+to|before|after|until|following|since|during|receive|undergo|planned|for)\s+(?:(?!prior\b|previous)\S+\s+){0,4}?"
            r"(?!prior\b|previous)\S*"
            r"CAR\S*(?:[\s-]T)?(?:[\s-]cells?)?\s+(?:re)?infusion|(?<!\bor\s)(?<!\band\s)(?<!,\s)\bT[\s-]cell\s+engag|"
            + either(
                """stem cell therap*|progenitor cell therap*|allogeneic cell*|allogenic cell*
                |dendritic cell*|follow-up...receiv*|follow-up...after|child-bearing|contracept*
                |is given|are given|will be given|T cell lymphom*|T cell leuk*|T cell malignan*
                |attempted|hypersensitiv*|allerg*|component*|ingredient*
                |excipient*|donor lymphocyte*|gene mutat*|gene rearrang*|gene fusion*"""
            )
        ),
        unlike_before=pattern(
            """eligible|ineligible|plan*|scheduled|candidate*|intend*|suitable|toxicit*|adverse|CRS|ICANS
            |neurotoxicit*|complication*|cytokine release"""
        ),
        let_in=pattern(
            """relaps*|progress*|refractor*|fail*|resist*|recurr*|received|receipt|previous*|prior
            |most recent|last|post|after|have been treated|has been treated|who got|earlier"""
        ),
        treatment=True,
        under_heading=True,
    ),
    FacetReader(
        "prior_same_target",
        hints=(*HINTS, "same"),
        needs=compiled(rf"{ANTIGEN}|{DRUG}|\bsame\b"),
        mention=compiled(
            rf"{HAD_THEN}(?:(?:anti[\s-]?)?{ANTIGEN}{_FOUND}[^.;]{{0,60}}?{_AIMED}|{_SAME}|{DRUG}"
            rf"|(?:target\w*|against|direct\w*|anti)[\s-]+(?:(?:to|at|against)\s+)?(?:the\s+)?{ANTIGEN}{_FOUND})"
            rf"|{_SAME}|{_STILL_THERE}|{ANTIGEN}(?:[\s-]+\w+){{0,2}}?[\s-]+na[iï]ve\b"
            rf"|{ANTIGEN}{_FOUND}[^.;,]{{0,30}}?{_AIMED}\w*\s+(?:\w+\s+)?(?:in\s+the\s+past|at\s+any\s+time|previously|earlier|before)\b"
        ),
        unlike=pattern(
            """contracept*|child-bearing|intoleran*|lymphodeplet*|refractory to anti|refractory to an anti
            |after the last dose"""
        ),
        let_in=pattern(
            "after|following|if|relaps*|progress*|refractor*|fail*|recurr*|received|receipt|previous*|prior"
        ),
        treatment=True,
        under_heading=True,
    ),
    FacetReader(
        "cns_disease",
        hints=(
            *("cns", "nervous", "central", "brain", "crani", "mening", "cereb", "csf"),
            *("glio", "gbm", "blastoma", "ependym", "astrocyt", "dipg", "dmg", "atrt"),
        ),
        mention=compiled(
            rf"{_NAMED_CNS}\s+(?:active\s+)?disease\b|\bCNS[\s-]?(?:status\s*)?[23]\b|\bCNSL\b|{_BRAIN_TUMOUR}"
            r"|\b(?:malignant|leuk\w+|lymphoma|tumou?r|blast)\s+cells?[^.;]{0,30}(?:cerebrospinal|\bCSF\b)"
            r"|(?:cerebrospinal\s+fluid|\bCSF)\s+(?:\w+\s+)?(?:malignan|leuk|lymphoma|tumou?r|blast)"
            rf"|{_CNS}(?:\s*\(\w+\))?(?:(?!\bdue\s+to|\bbut\b)[^.;。；]){{0,40}}?{_GROWTH}"
            rf"|{_GROWS}\s+(?:\w+\s+){{0,3}}?(?:to|in|of|into)\s+(?:the\s+)?(?:{_CNS}|cerebrospinal|CSF\b)"
            rf"|\binvolv(?:ing|es)\s+(?:the\s+)?{_CNS}|\bcentral\s+(?:or|and/or|and)\s+extramedullary"
            rf"|\bextramedullary(?:\s+\w+)?\W{{1,3}}(?:includ\w+|such\s+as|e\.?g\.?|like)\W+(?:in\s+)?(?:the\s+)?{_CNS}"
        ),
        unlike=compiled(
            r"(?:disorder|patholog|disease|condition)\w*\W+(?:\w+\W+){0,3}?(?:such\s+as|e\.?g|including|like)"
            rf"[^.]{{0,40}}{_OTHER_ILLS}|\b(?:therapy|treatment|drugs?|surgery|radiation)\s+(?:for|of)\s+"
            rf"(?:\w+\s+){{0,3}}{_BRAIN_TUMOUR}|"
            + either(
                """auto-immune disease with|epilep*|vascular disease|target lesion*|only measurable
                |measurable lesion*|cerebral vascular|cerebral infarct*
                |the most common|prophyla*|anticoagul*|LMWH|biopsy of"""
            )
        ),
        unlike_before=pattern(
            "auto-immune|degenerati*|neurodegenerati*|demyelinat*|inflammatory|infectious|only"
        ),
        let_in=compiled(f"{_DISEASE_IS_THERE.pattern}|{_SPREAD_IS_LET_IN.pattern}"),
        wins=_DISEASE_IS_THERE,
    ),
    FacetReader(
        "prior_allo_sct",
        hints=("transplant", "sct", "bmt", "hct", "allo"),
        mention=compiled(ALLO),
        unlike_before=compiled(rf"\bauto(?:logous)?[\s/-]*(?:\w+[\s-]+){{0,2}}$|{COULD_BE}"),
        unlike_after=compiled(rf"[\s-]*{COULD_BE_AFTER}"),
        unlike=pattern(
            """likely to relaps*|likely to recur|expected to relaps*|risk of relaps*|risk of recur*
            |risk for relaps*|prone to relaps*|predict*...relaps*|prevent*...relaps*|reduc*...relaps*
            |could relaps*|would relaps*"""
        ),
        let_in=pattern(
            """relaps*|after|following|post|prior|previous*|history|undergone|underwent|received|fail*
            |since|have had|at the time of"""
        ),
        treatment=True,
        under_heading=True,
        allowed_wins=True,
    ),
    FacetReader(
        "hepatitis_b_c",
        hints=("hepatitis", "hbv", "hcv", "hbs", "hbc", "hep b", "hep c"),
        mention=compiled(
            rf"{_HEP}|{either('hepatitis virus|hepatitis infection|viral hepatitis|active hepatitis')}"
        ),
        unlike=pattern("vaccin* against|vaccin* for|hepatitis B vaccin*"),
        demand_lets_in=True,
    ),
    FacetReader(
        "hiv",
        hints=("hiv", "immunodef", "immuno-def", "immune deficiency", "immune-deficiency", "aids"),
        mention=compiled(
            r"\bHIV|\b(?-i:AIDS)\b|immuno-?\s?deficien?cy\s+(?:syndrome\s+)?virus|acquired\s+immun\w*?[\s-]*deficien"
        ),
        unlike_after=compiled(
            r"[\s-]*1?\s*(?:integrase|protease|vaccin|medicat|drug|antiretrov|care\b|clinic\b)"
            r"|[\s-]*1?\s*(?:plasma\s+)?(?:RNA|viral\s+loads?)[^.;]{0,20}?(?:[<>≤≥]|less|more|greater|below|above)"
        ),
        demand_lets_in=True,
    ),
    FacetReader(
        "autoimmune_active",
        hints=("autoimmun", "auto-immun", "auto immun", "immune"),
        mention=compiled(
            r"\bauto[\s-]?immun\w*|\b(?:similar|other|systemic|active|severe)\s+immune\s+diseases?\b|\bimmune[\s-]+mediated\s+(?:\w+\s+)?(?:diseas|disorder|condition)\w*"
        ),
        unlike_before=pattern("caused by|due to|secondary to|attributed to|related to"),
        unlike=pattern(
            """auto-immune cytopeni*|auto-immune hemoly*|auto-immune haemoly*|auto-immune thrombocyt*
            |reasons...auto-immun*|hormone replacement for"""
        ),
    ),
    FacetReader(
        "pregnancy",
        hints=("pregn", "upt", "pregancy", "lactat", "breast", "nursing", "expect", "hcg", "gonadotropin"),
        mention=pattern(
            """pregnan*|non pregnan*|nonpregnan*|pregancy|expectant|expecting a
            |lactating|lactation|breast-feed*|breasting feeding|nursing|HCG|UPT
            |chorionic gonadotropin"""
        ),
        unlike=pattern(
            """avoid* pregnan*|prevent* pregnan*|avoid a pregnan*|partner*...pregnan*|pregnan* partner*
            |pregnan* female partner*|not to become pregnan*|not become pregnan*
            |avoid becoming pregnan*|nursing home|nursing staff|nursing care"""
        ),
        never_lets_in=True,
    ),
)
