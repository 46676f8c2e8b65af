"""Ordinary words that look like a misspelt disease or city, and are not: "color" is not colon.

A rule of letters cannot tell "brian" from "brain" or पूरी from पुरी: these are words that people know.
"""

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
taste tastes trick treaty treaties slavery chuck couch banner banners investing ingesting chick chicks collar
collars cooler coolers grove groves groove grooves gravy grieve wagon wagons waging wagging agreeing palette
palettes pallet pallets plato plata platte slogan slogans loops lever levers morally caller callers colts
shines shyness bruins chimney chimneys odyssey breadth breath breaths parted partied hearty hearth pennies
ponies punishes cholera corny koran militias bengali punjabi gujarati kashmiri marathi bihari thong thongs
chaps capes hikers hiker beset behest neurotic morph morphed rioters waging crayon crayons cronies cryin
bowles fangs pilates silvery sapiens dismayed carnal tensile colliery tonnage typhoid cornea
decentralization homeopathy homeopathic chock pollute carnivorous chimera leavers tinge raunchy greaves
bandana shallower
warranty warranties vacancy vacancies sahara brooch buccaneers hubble bid una pies poem
ranches ranch angel angels cherry curry rainy chase bench cheque choke
cookies chore charge charger gourd cure curd cereal turmeric ginger garlic onion potato tomato cabbage
carrot spinach mango banana papaya coconut almond walnut honey lemon guava grapes pomegranate
"""


NAMES = """
sarah brian bryan briana brianna tommy tammy timmy collins colin collin colleen andrea andre andres andrew
andrei andrey damon damian wagner walter walters keller kohler collier desmond wiggins caesar cesar garvey
morrow lowery corinne karina carina cordova cordoba bassett mandy gunther gunter barnabas newton amber
khurana bhandari bhatnagar seshadri devika mutti shivani sachar chadha bhatia bhalla chopra kapoor hasan
salim salam balaji bahrain missouri odessa messina maduro kenya tonga cairo brest tokyo rancho chandra
hickory camry corolla
"""
"""Names of people, places abroad and brands."""
HINDI = """
पूरी पूरा पूरे पुरे नदी खान आधार अंदर अन्दर बाहर बंद बन्द कार्ड वार्ड वर्ड मात्रा शीर्ष शिकार शिखर सूर्य
भ्रष्ट कर्तव्य कर्त्तव्य करार मंजूरी घटिया ठंडा ठंड ठण्ड पीते पीना पीटना कॉलोनी भंडार भंडारण स्कीम बंदा
उतरने उतारने नेक प्रतिरोध प्रतिरोधी बंदर बन्दर श्रृंगार गुजरता गुज़रता कारगर बैठता बैठती बैठा बैठी वसीम
एनर्जी बुझ आइडिया कालीन बंदरगाह वासी कॉलम कॉलर दामों दामन कर्नल सत्तर सत्रह पाठशाला बुलाना सलवार बंजारा
मुर्दाबाद कायदा स्लोगन बादशाह तरह करना किसी होते मुश्किल बहार अंधेरा प्रोटीन आनन्द दाता लाखों चित्र
khana khane peena pani paani chai roti sabzi doodh dard bukhar khansi dawai sawal jawab subah shaam raat
dost kitab ghar dukan sadak gaadi paisa kaam samay mahina saalgirah shaadi andar bahar neeche upar saath
thanda garam accha bura bada chota mota patla badan hansi khushi gussa zindagi duniya sapna sona jaagna
bandar bandi gunda bitiya akela chachi chacha chappal chatur bistar mohalla jalan jalana karar sarkar
"""
"""Words of Hindi, in either script."""
_IN_SMALL_LETTERS = """
met fra ley vor malt cup cups proc sar lem nec als una aid grave poem poems fat gut hb ppm gb bids
"""
IN_SMALL_LETTERS = frozenset(_IN_SMALL_LETTERS.split())
"""Words that are the name of a disease or an antigen only in capitals, with more words, or in the plural."""
ABROAD = """
pakistan sindh bangladesh nepal bhutan srilanka lanka china thailand singapore malaysia indonesia dubai uae
qatar oman kuwait saudi israel turkey iran iraq usa us america uk england britain london scotland ireland
germany france italy spain australia canada mexico brazil africa russia japan korea oregon massachusetts
virginia california texas ohio carolina florida illinois georgia alabama पाकिस्तान नेपाल बांग्लादेश अमेरिका
"""
"""Places behind a city that is not the Indian one: "Hyderabad Pakistan", "Salem Oregon"."""


@cache
def _abroad() -> frozenset[str]:
    return frozenset(fold(ABROAD).words)


def is_abroad(word: str) -> bool:
    """Whether a folded word is a country, or a state, that is not India's."""
    return word in _abroad()


@cache
def ordinary() -> frozenset[str]:
    """Every such word, folded."""
    return frozenset(fold(WORDS + NAMES + HINDI).words)
