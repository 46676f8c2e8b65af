"""Words that tell what a study does with CAR T cells, as patterns on folded text."""

import re

from importers.classify.patterns import Pattern

_CAR_T = r"(?:\w{0,7}cart\w*|\w{0,7}cars? t|chimeric antigen receptor(?: car)? ?t?|\w+leucel|\w+ cel|car)\b"

EXPANDED_ACCESS = Pattern(
    r"\b(?:expanded access|managed access|compassionate|early access|pre approval access|named patient"
    r"|out of specification|oos|non ?conforming|single patient (?:\w+ )?(?:ind|use|protocol)"
    r"|emergency (?:ind|use))\b"
)
LONG_TERM_FOLLOW_UP = Pattern(
    r"\b(?:long ?term|extended|post study|lifelong|15 year"
    r"|fifteen year)\b(?: \w+){0,8}? follow(?:ed)? ?(?:up)?\b"
    r"|\bltfu\b|\broll ?over\b|\bfollow up (?:study|protocol|for|of|visit)\b"
    r"|\blong term (?:safety|study|surveillance|monitoring|evaluation|outcome)\b"
)
_ELSEWHERE = (
    r"in (?:an? |our |the )?(?:(?:earlier|previous|prior|parent|sponsor|clinical|former|other|another|our"
    r"|treatment) ){1,2}(?:\w+ )?(?:study|trial|protocol)|in our (?:study|trial)"
)
_GOT = r"(?:given|got|gotten|received|treated|infused|exposed|dosed|had)"
TREATED_ELSEWHERE = Pattern(rf"\b{_GOT}\b (?:\w+ ){{0,8}}?(?:{_ELSEWHERE})\b")
"""People had their cells in a study that is over for them."""
ALREADY_TREATED = Pattern(
    r"\b(?:previously|previous|prior|already|who|that|have|had|participant|patient|subject|were|was|been"
    r"|once)"
    r"(?: \w+){0,4}? (?:treated|received|receive|receiving|exposed|infused|administered|enrolled|given"
    r"|participated)\b"
    r"|\b(?:treated|infused|exposed) (?:with|to|by|in)\b|\bafter (?:\w+ ){0,4}(?:infusion|treatment"
    r"|therapy|administration)\b"
    r"|\bparent (?:study|protocol|trial|interventional)|\bno (?:additional|new|further|investigational) \w+"
    r"|\brecipient\b|\bpost (?:\w+ ){0,2}infusion\b"
)
TREATED_EARLIER = Pattern(
    r"\b(?:previously|already) (?:\w+ )?(?:treated|infused|exposed|dosed)\b"
    r"|\bwho (?:have |had )?(?:previously |already )?(?:received|participated)\b|\bextension study\b"
)
"""Titles of studies of people who had their CAR T cells in another study."""
LATE_EFFECTS = Pattern(
    r"\b(?:delayed (?:\w+ ){0,2}(?:event|effect|toxicity|safety)|(?:long ?term|lifelong) (?:\w+ ){0,2}"
    r"(?:safety|follow|monitoring|surveillance)|(?:15|fifteen) ?year)\b"
)
YEARS_LATER = Pattern(
    r"\b(?:late effect|(?:15|fifteen|10|ten) year (?:\w+ )?(?:safety|outcome|surveillance|monitoring))\b"
)
"""Titles that may as well be of a cohort: a follow-up says that the cells came in another study."""
OBSERVATIONAL = Pattern(
    r"\b(?:observational|non ?interventional|registry|registries|real ?world|real life|retrospective"
    r"|retrospectively"
    r"|cross sectional|survey|biomarker screening|screening (?:protocol|study)|chart review|data ?base"
    r"|natural history"
    r"|cohort study|multicenter analysis|outcome research|biobank|pre ?screening)\b"
)
NOT_A_DOSE = Pattern(
    r"\b(?:leuk\w*apheresis|apheresis|collection|monitoring|questionnaire|survey|assessment|imaging|pet"
    r"|registry|sample"
    r"|sampling|biopsy|non interventional|education|bridging|observation|follow up|prior|previous"
    r"|previously|pre|post"
    r"|after|before|following|interview|data|blood draw|app|coaching|exercise|no intervention|scan|mri"
    r"|wearable"
    r"|telehealth|remote|outpatient|quality of life|conditioning|tisa cel manufacturing|prophylaxis)\b"
)
BEFORE_OR_AFTER = Pattern(
    r"\b(?:after|post|following|follow|before|prior to|prior|pre|receiving|undergoing|undergo|receive"
    r"|received|treated with"
    r"|treated by|during|failure of|failed|candidate for|eligible for|awaiting"
    r"|bridging (?:\w+ ){0,3}(?:to|before|for|prior)"
    r"|bridge to|complication of|recovery from|toxicity of|prepare for|response to|outcome of|monitor\w*"
    rf"|effect of|toxicity (?:from|with)|survivor of|recipient of) (?:\w+ ){{0,7}}?{_CAR_T}"
    rf"|{_CAR_T} (?:\w+ ){{0,3}}?(?:related|associated|induced|toxicity|recipient|survivor|candidate"
    rf"|failure|complication"
    r"|neurotoxicity|treated|delivery|journey|access)\b"
    rf"|{_CAR_T} (?:cell )?(?:therapy )?patient\b"
    r"|\b(?:cytokine release|crs|icans?|neurotoxicity|toxicity|side effect|quality of life|vaccine"
    r"|vaccination|imaging|pet"
    r"|exercise|prophyla\w*|prevent\w*|caregiver|cytopenia|infection|supportive|nutrition\w*|geriatric"
    r"|cognitive|distress"
    r"|symptom|virtual reality|hypogammaglobulinemia|immunoglobulin|maintenance)\b"
    r"|\blymphodepletion (?:\w+ ){0,4}(?:in|for|before|prior|receiving)\b"
    r"|(?<!car t )(?<!cell )\bbridging (?:therapy|treatment|strategy|rt|radi\w+|chemo\w*)\b"
)

BARRED_CAR_T = Pattern(
    rf"\b(?:with or without|with and without|instead of|rather than|no|without|regardless of"
    rf"|irrespective of|not having) (?:(?:prior|previous|earlier|having had) )?(?:\w+ )?{_CAR_T}"
    rf"|(?:\b(?:prior|previous|earlier) )?{_CAR_T} (?:(?:cell|therapy|treatment) ){{0,2}}"
    r"(?:(?:is|are|was|were) )?(?:excluded|unavailable|naive|(?:(?:has|have) )?(?:been )?(?:refused|declined)"
    r"|not (?:\w+ )?(?:allowed|permitted|available|possible|an option|affordable))\b"
)
"""Titles in which CAR T is what people have not had, or may or may not have had."""
_TRAINEES = (
    r"(?:nurse|student|physician|doctor|clinician|oncologist|staff|trainee|resident|pharmacist|fellow"
    r"|healthcare (?:worker|professional|provider)|health (?:care )?(?:worker|professional|provider))"
)
_LESSON = (
    r"(?:course|training|education|curriculum|workshop|simulation|webinar|learning|module|teaching|lecture)"
)
TRAINING = Pattern(
    rf"\b{_LESSON} (?:\w+ ){{0,6}}?(?:for|of|among|in|to) (?:\w+ ){{0,3}}?{_TRAINEES}\b"
    rf"|\b{_TRAINEES} (?:(?!led|delivered|guided|run|based|given)\w+ ){{0,2}}?"
    rf"(?:{_LESSON}|knowledge|competenc\w+)\b|\b{_TRAINEES} (?:will )?(?:learn|attend|take part)\b"
    r"|\b(?:nursing|medical) (?:education|training|student)\b"
)
"""People who are taught, not treated."""

COMBINED = Pattern(
    rf"\b(?:combin\w+|concomitant|plus|together with|reinfusion of) (?:\w+ ){{0,6}}?{_CAR_T}"
    rf"|{_CAR_T} (?:\w+ ){{0,3}}?(?:reinfusion|combin\w+)\b"
)
ELIGIBLE = Pattern(
    rf"{_CAR_T} (?:\w+ ){{0,3}}?(?:eligible|ineligible|candidate)\b|\b(?:eligible|ineligible"
    rf"|candidate) for (?:\w+ ){{0,4}}?{_CAR_T}"
)
ROUTINE_CAR_T = Pattern(
    rf"\b(?:standard of care|commercial|commercially available|routine|approved)"
    rf" (?:(?:anti )?(?:cd\d+|bcma)\w* |directed |autologous |product |\w+gene ){{0,3}}{_CAR_T}"
)
"""CAR T cells that people have outside the study."""
CELL_THERAPY_CARE = Pattern(
    r"\b(?:immune effector cell|icans?|cytokine release|cell\w* (?:\w+ ){0,4}(?:immuno)?therap\w+)\b"
)
INTERVENTIONAL = Pattern(
    r"\b(?:single arm|open label|dose escalation|dose finding|investigator initiated|phase (?:i|1|2)"
    r"|clinical trial)\b"
)
CLOSE_TO_CAR_T = Pattern(
    r"\b(?:after|post|following|before|prior to|receiving|undergoing|undergo|undergone|receive|received"
    r"|treated with|during|related to|who (?:got|had)|(?<!be )(?<!are )(?<!is )given|getting"
    rf"|associated with|caused by|induced by|candidate for|side effect of|toxicity of"
    rf"|recipient of) (?:\w+ ){{0,5}}?{_CAR_T}"
    rf"|{_CAR_T} (?:\w+ ){{0,3}}?(?:related|associated|induced|toxicity|recipient|patient|complication)\b"
)
SIDE_OF_CAR_T = Pattern(
    rf"{_CAR_T} (?:\w+ ){{0,3}}?(?:related|associated|induced|toxicity|recipient|complication)\b"
    rf"|\b(?:candidate for|side effect of|toxicity of|caused by|related to|undergoing"
    rf"|receiving) (?:\w+ ){{0,5}}?{_CAR_T}"
)
_EARLIER = (
    r"prior|previous|previously|failed|failure of|refractory to|relapsed after|relapse after"
    r"|progressed (?:after|on)|ineligible|not eligible|eligible"
)
PRIOR_CAR_T = Pattern(rf"\b(?:{_EARLIER}) (?:\w+ ){{0,4}}?{_CAR_T}")
"""CAR T as treatment people have had, or could have."""
AFTER_CAR_T = Pattern(rf"\b(?:after|post|following) (?:\w+ ){{0,4}}?{_CAR_T}")
EARLIER_CAR_T = Pattern(rf"\b(?:{_EARLIER}|such as|including|like|unsuitable|or) (?:\w+ ){{0,4}}?{_CAR_T}")
ORDINARY = Pattern(
    r"\b(?!tafasitamab and)\w+(?:mab|nib|mide|zomib|parib|ciclib|clax|rubicin|citabine|platin|taxel|sone"
    r"|solone|statin|mycin|vir|azole"
    r"|lisib|kinra|cept|tide|trexed|poside|cristine|tesirine|vedotin|mafodotin|ozogamicin|nexor|mustine"
    r"|brutinib|arabine|rafenib|tostat|phalan|fibrotide)\b"
    r"|\bradi\w+|\bchemotherapy\b|(?<!biological )\bvaccine\b|\bimaging\b|\bpet\b|\bmri\b|\btomography\b"
    r"|\bquestionnaire\b|\bexercise\b"
    r"|\bcoaching\b|\bsurvey\b|\btest\w*\b|\bassessment\b|\bevaluation\b|\bdiet\b|\bdrink\b|\bvirtual\b"
    r"|\bblood\b|\bsample\b|\bbiopsy\b"
    r"|\brelaxation\b|\binterleukin\b|\bimmunoglobulin\b|\bigpro20\b|\bsteroid\b|\bacid\b|\bplacebo\b"
    r"|\bstandard of care\b|\bobservation\b"
    r"|\bivr\b|\btask\b|\binterview\b|\bdna?ase\b|\binfusion pump\b|\bultrasound\b|\btherapy dog\b"
    r"|\bacupuncture\b|\bgcsf\b|\bg csf\b"
    r"|\bil 7\b|\bnt i7\b|\bthrombopoietin\b|\beltrombopag\b|\bcysteine\b|\bquercetin\b|\bgolcadomide\b"
    r"|\bcelmod\b|\bbtk\b|\bpd 1\b"
    r"|\b(?:68|18|89|64|99m?|111|124|177) ?(?:ga|f|zr|cu|tc|in|i|lu)\b|\btracer\b|\bimmunophenotyping\b"
    r"|\bassay\b"
    r"|\bpalliative\b|\bsupportive\b|\beducation\b|\bmonitor\w*\b|\bapplication\b|\bdevice\b|\bwatch\b"
    r"|\bprogram\b|\bcontrol\b|\bchop\b|\bepoch\b|\bmtx\b|\bregimen\b"
)
"""Interventions that are not a cell product."""
PLAIN_NAME = re.compile(r"[A-Z]?[a-z]+(?:[ -](?:[A-Z]?[a-z]+|IV|IT|\d+ ?(?:mg|MG|Gy)))*")
"""A name without digits or capitals inside, as drugs, exercises and devices have and cell codes lack."""
NOT_PLAIN = Pattern(
    r"\b(?:treatment|experimental|biological|therapy|group|cohort|arm|dose|dosing|investigational|infusion"
    r"|injection|study|product|immunotherapy|gene|genetic|genetically|engineered|modified|redirected"
    r"|transfer|adoptive|specific|targeted|single|autologous|allogeneic|universal|donor|intervention"
    r"|\w*cel|\w*leucel|\w*gene|\w*shield|\w*car)\b"
)
"""Words that a cell product may be hidden behind."""
CELLS = Pattern(r"\b(?<!stem )(?:cell|lymphocyte)\b(?! (?:monitoring|collection))")
LYMPHODEPLETION = Pattern(
    r"\b(?:cyclophosphamide|cytoxan|fludarabine|fludara|bendamustine|leuk\w*apheresis|apheresis"
    r"|lymphodeplet\w*|conditioning|mesna"
    r"|tocilizumab|transplant\w*|hsct|alemtuzumab|pentostatin|aldesleukin|il 2)\b"
)
CELL_PRODUCT = Pattern(
    r"\bcell(?:ular)? (?:kinetic|injection|preparation|suspension|pharmacokinetic|metabolic)"
    r"|\bt cell injection\b|\bcell(?:ular)? metabol\w+ kinetic"
    r"|\bexpansion (?:and|,)? ?persistence\b|\bin vivo lv\b|\bcell product\b|\binjection of \w+ cell\b"
    r"|\bdual targeted cell\b"
)
PREPARATION = (Pattern(r"\bcyclophosphamide\b|\bcytoxan\b|\bcy\b"), Pattern(r"\bfludara\w*\b|\bflu\b"))
"""The two drugs given together in the days before CAR T cells."""
KINDS_OF_CELLS = frozenset({"", "BIOLOGICAL", "GENETIC", "COMBINATION_PRODUCT", "OTHER"})
KINDS_WITHOUT_CELLS = frozenset(
    {"DEVICE", "DIAGNOSTIC_TEST", "BEHAVIORAL", "DIETARY_SUPPLEMENT", "RADIATION"}
)
"""The registry's kinds of intervention that cells are never registered under."""
CART_WORD = Pattern(r"\b[a-z]*cart\b")
"""A word that ends in "cart" and is no name of CAR T cells by itself: KneeCart, a medication cart."""
FORM = Pattern(r"\b(?:injection|cell|product|therapy|treatment|infusion|preparation|for|intravenous)\b")
HAS_DIGIT = re.compile(r"\d")
LONGEST_CODE = 20  # characters
CODE_NAME = Pattern(r"\b[a-z]{1,7} ?\w{0,3} ?\d{2,5}\w{0,2}\b")
ENGINEERED_CELLS = Pattern(
    r"\bgene(?:tically)? (?:engineered|modified|transduced|edited) (?:autologous )?(?:t )?"
    r"(?:cell|lymphocyte)\b"
)
"""Lymphocytes with a gene, where nothing states what the gene is for."""
OTHER_THAN_T = Pattern(
    r"\bnk\d{2,}|\b(?:mesenchymal|stem cell|stromal|nk|natural killer|til|tumor infiltrating|dendritic"
    r"|vaccine|virus specific|exosome|platelet"
    r"|islet|hepatocyte|keratinocyte|fibroblast|macrophage|monocyte|treg|regulatory t|red blood|oncolytic"
    r"|tcr|antibody|\w+mab)\b"
)
"""Cell products and others that are not CAR T cells."""
