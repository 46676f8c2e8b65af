"""Ordinary words that look like a misspelt disease or city, and are not: "color" is not colon."""

from functools import cache

from trials.vocabulary.folding import fold

WORDS = """
hopkin hospice normal thermal minimal national medical general surgical radiation transplant
chemotherapy single test tests testing ratio ratios ration later latter barrier barriers way ways
check checks placed memory crucial corneal coronal cranial colony call calls color colour indoor
collagen chamber sinuses neonatal advance advances sensitive supine plate threat necrotic hardware
booster covariate rome stone stones sloan cereal belgium poorer carer career rental reward ride pot
polite merit guilty gas catch cat chat python ion ions directive digestion hematoma melena
tuberculous neurotoxin nephrotoxic eosinophil histological common storage guide color delay canada
expect except mantra leave liner lover bore barn bran brand brown bread bled flood livery kindly
cheeky mouse moth touch thought through though thorough thirst thirsty goat coat boat stand skim
sky chin shin spleen plain planes panic heavy hair hairs hire harry mental mandatory march match
large longer lunch lump lumps bank bandage basket master mustard moral mortal mild mould family
folder fluid fellow follow mayo myself nervous never nurse plasma plasmas rapid rabid random
device devices third thirds carried carrier carriers damage domain domains repair neural retain broad
summary spray spare clean supper lawyer hot clonic china single retinal fundus korean thirty accord
rigid spared devil thread time times routine routines break species killed tired punish committee
coach cascade fascicular calorie calories breastfeeding breastfed lactating nursing prof professor
"""


@cache
def ordinary() -> frozenset[str]:
    """Every such word, folded."""
    return frozenset(fold(WORDS).words)
