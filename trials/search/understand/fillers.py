"""Words of a question that narrow nothing: dropped before the rest goes to full-text search.

Families write whole sentences. A word that stays would have to stand in a trial's text, so that "my
father has ..." would find nothing. Those that mean something all the same are kept apart, in `ASIDE`.
"""

from functools import cache

from trials.vocabulary.folding import fold

ENGLISH = """
a an the of for in on at to and or with from by as is are am was be been has have had i we he she it
they me my our his her their your you us who what where when which how why can could do does did
will would should any all every some more most much many new newly good available option cure care help please
need want get give given giving gives find show list search tell know near nearby nearest around
there here only also about during since till end back came come comes coming again return returned
respons r therapy therapies treatment treat treated treating treatable trial trials study studies
clinical research program programme experimental car t cart cars cell cells chimeric antigen
receptor immunotherapy target targeted targeting directed anti infusion injection product drug drugs
medicine dose cancer cancers tumor malignancy carcinoma disease diseases disorder syndrome illness
problem condition conditions patient patients people person man woman men women boy girl son
daughter father mother dad mom mum papa mummy husband wife brother sister uncle aunt grandfather
grandmother friend child children kid kids baby infant teenager adult adults pediatric young old
older year years yr yrs yo month months age aged ages doctor doctors hospital hospitals centre
center centres institute clinic india indian country state city recruiting recruitment open opening
ongoing enrolling active start started starting result results up follow left diagnosed diagnosis
positive negative type very suffering having got join eligible eligibility enrol enroll apply
contact number phone possible today weeks week days day both upper lower either bilateral ji
group dr prof professor principal sponsor sponsors sponsored vs versus status availability sir madam vs
"""
TRANSLITERATED = """
ka ki ke ko hai hain me mein main se par aur ya mera meri mere hamare humare ilaj ilaaj upchar
upchaar kahan kaha kahaan hoti hota hote ho hua hui kya kaise kab kaun kitna kitne er chikitsa
bimari beemari rog dawa dawai batao bataye chahiye wala wali bachche bacche bachcha bachi beta beti
chacha chachi mausi mausa mami mama bua fufa dada dadi nana nani tau tai aunty uncle devar jeth jija saala
sasur saas bahu damad pota poti nanad bhabhi jiju rishtedar mitr umar umr umra kaha kahaan pe chal raha rahi
pita mata bhai behen pati patni maa naya nai naye karne karna hone sakta sakti ke
liye liye gaya
gayi bharat desh aspatal milega milegi milta milti bahut bimar beemar mujhe mujhko hamein humein use
usko unko unka unki iska iski yahan wahan abhi jaldi kab tak theek thik hoga hogi
sarkari madad chahta chahti jata jati marij mareez rogi peedit
jankari pata agar lekin bhi toh nahi nahin sab sabhi saare sare koi kuch accha acha sabse hospital
trial therapy kare karo
"""
HINDI = """
का की के को है हैं में मे से पर और या मेरे मेरी मेरा हमारे पापा मम्मी माता पिता माँ मां बेटे बेटी
बेटा भाई बहन पति पत्नी बच्चे बच्चों बच्चा इलाज उपचार चिकित्सा नया नई नए ट्रायल ट्रायल्स परीक्षण
क्लिनिकल कार टी सेल थेरेपी थैरेपी हो होता होती सकता सकती क्या कहाँ कहां कैसे कब
सभी सब दिखाओ दिखाएं दिखाइए बताओ बताएं चाहिए अस्पताल भारत देश कैंसर कैन्सर
मरीज़ मरीज रोग बीमारी लिए साल उम्र वर्ष उपलब्ध ने भी ही तो था थी हुआ हुई गया गई एक कितना
कितनी रहा रही दवा डॉक्टर
कौन कौनसा मदद यह ये वह वो जल्दी अभी सरकारी मिलेगा मिलेगी मिलता मिलती
मुझे मुझको हमें उसे उसको उनको उनका उनकी इसका इसकी यहाँ वहाँ बहुत बीमार ठीक होगा होगी तक नहीं कोई कुछ
अच्छा अच्छी सबसे जानकारी पता रोगी पीड़ित कितने जाता जाती करो करें दो दीजिए साथ वाला
वाले वाली
कृपया सारे जैसे दादा दादी नाना नानी चाचा बेटों लड़का लड़की आदमी औरत महिला पुरुष सालों महीने
ननद भाभी मौसी मौसा मामा मामी बुआ फूफा सास ससुर बहू दामाद पोता पोती देवर जेठ रिश्तेदार दोस्त
पास ट्यूमर शहर वापस फिर बाद पहले
"""
ASIDE = """
relapse relapsed relapsing refractory recurrent recurrence recurred resistant failed failing failure
responding response respond progressive progressed progression advanced metastatic spread stage
grade level line lines gene dual bispecific tandem combined combination cost price charges fee money
insurance free best survival success rate chance side effect effects risk severe high low iodine
antiretroviral uk usa abroad approved approval approve elderly prior previous previously first
second third fourth last final before after post not without no 2024 2025 2026 latest rr kharch
kharcha paisa paise lagega lagenge lagta sasta muft muftt lakshan चौथी तीसरी दूसरी पहली आखिरी स्टेज
अवस्था खर्च खर्चा मुफ्त पैसा पैसे लगेगा लगेंगे लगता लक्षण रुपये रुपए दोबारा dushprabhav दुष्प्रभाव
साइड इफेक्ट कीमत दाम safe safety raised elevated rising
platelet wbc hemoglobin creatinine bilirubin neutrophil count report mg dl ml gm kg cm mmol mmhg
"""
"""Words with a meaning that no filter can use: the page names them as not used."""


@cache
def fillers() -> frozenset[str]:
    """Every filler, folded; words aside are among them."""
    return frozenset(fold(ENGLISH + TRANSLITERATED + HINDI).words) | aside()


@cache
def aside() -> frozenset[str]:
    """Every word of `ASIDE`, folded."""
    return frozenset(fold(ASIDE).words)
