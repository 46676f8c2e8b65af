"""Words of a question that narrow nothing: dropped before the rest goes to full-text search.

Families write whole sentences. A word that stays would have to stand in a trial's text, so that "my
father has ..." would find nothing.
"""

from functools import cache

from trials.vocabulary.folding import fold

ENGLISH = """
a an the of for in on at to and or with without from by as is are am was be been has have had i we
he she it they me my our his her their your you us who what where when which how why can could do
does did will would should any all every some more most new newly latest best good free available
option cure care help please need want get give given giving gives find show list search tell know
near nearby nearest around there here no not only also about after before post prior previous
previously during since till last end final back came come comes coming again return returned
relapse relapsed relapsing refractory recurrent recurrence recurred resistant failed failing failure
not responding response respond respons r rr progressive progressed progression advanced metastatic
spread stage grade level line lines therapy therapies treatment treat treated treating treatable
trial trials study studies clinical research program programme experimental car t cart cars cell
cells chimeric antigen receptor immunotherapy gene target targeted targeting directed anti dual
bispecific tandem combined combination infusion injection product drug drugs medicine dose cancer
cancers tumor malignancy carcinoma disease diseases disorder syndrome illness problem condition
conditions patient patients people person man woman men women boy girl son daughter father mother
dad mom mum papa mummy husband wife brother sister uncle aunt grandfather grandmother friend child
children kid kids baby infant teenager adult adults elderly pediatric young old older year years yr
yrs yo month months age aged ages doctor doctors hospital hospitals centre center centres institute
clinic india indian country abroad state city cost price charges fee money insurance recruiting
recruitment open opening ongoing enrolling active start started starting rate success survival
result results chance side effect effects up follow left diagnosed diagnosis positive negative high
low risk type severe very suffering having got join eligible eligibility enrol enroll apply contact
number phone possible approved approval latest today 2024 2025 2026 antiretroviral weeks week days
day iodine uk usa first second third fourth
"""
TRANSLITERATED = """
ka ki ke ko hai hain me mein main se par aur ya mera meri mere hamare humare ilaj ilaaj upchar
upchaar kahan kaha kahaan hoti hota hote ho hua hui kya kaise kab kaun kitna kitne er chikitsa
bimari beemari rog dawa dawai batao bataye chahiye wala wali bachche bacche bachcha bachi beta beti
pita mata bhai behen pati patni maa naya nai naye karne karna kharch kharcha hone sakta sakti ke
liye liye gaya
gayi bharat desh aspatal milega milegi milta milti bahut bimar beemar mujhe mujhko hamein humein use
usko unko unka unki iska iski yahan wahan abhi jaldi kab tak theek thik hoga hogi paisa paise lagega
lagenge lagta sarkari sasta muft muftt madad chahta chahti jata jati marij mareez rogi peedit lakshan
jankari pata agar lekin bhi toh nahi nahin sab sabhi saare sare koi kuch accha acha sabse hospital
trial therapy kare karo
"""
HINDI = """
का की के को है हैं में मे से पर और या मेरे मेरी मेरा हमारे पापा मम्मी माता पिता माँ मां बेटे बेटी
बेटा भाई बहन पति पत्नी बच्चे बच्चों बच्चा इलाज उपचार चिकित्सा नया नई नए ट्रायल ट्रायल्स परीक्षण
क्लिनिकल कार टी सेल थेरेपी थैरेपी हो होता होती सकता सकती क्या कहाँ कहां कैसे कब चौथी तीसरी दूसरी
पहली आखिरी स्टेज अवस्था सभी सब दिखाओ दिखाएं दिखाइए बताओ बताएं चाहिए अस्पताल भारत देश कैंसर कैन्सर
मरीज़ मरीज रोग बीमारी लिए साल उम्र वर्ष उपलब्ध ने भी ही तो था थी हुआ हुई गया गई एक खर्च खर्चा कितना
कितनी रहा रही दवा डॉक्टर
कौन कौनसा मदद यह ये वह वो मुफ्त पैसा पैसे लगेगा लगेंगे लगता जल्दी अभी सरकारी मिलेगा मिलेगी मिलता मिलती
मुझे मुझको हमें उसे उसको उनको उनका उनकी इसका इसकी यहाँ वहाँ बहुत बीमार ठीक होगा होगी तक नहीं कोई कुछ
अच्छा अच्छी सबसे जानकारी पता लक्षण रोगी पीड़ित कितने रुपये रुपए जाता जाती करो करें दो दीजिए साथ वाला
वाले वाली
कृपया सारे जैसे दादा दादी नाना नानी चाचा बेटों लड़का लड़की आदमी औरत महिला पुरुष सालों महीने
पास ट्यूमर शहर दोबारा वापस फिर बाद पहले
"""


@cache
def fillers() -> frozenset[str]:
    """Every filler, folded."""
    return frozenset(fold(ENGLISH + TRANSLITERATED + HINDI).words)
