"""Words that tell where English sentences end: abbreviations, sentence openers, verbs of speech."""

from __future__ import annotations

_NEVER = """
mr mrs ms mx dr drs prof profs rev revd fr sr hon gen lt col maj capt cpt sgt cpl pvt adm cmdr gov sen sens rep reps
pres amb supt insp mme mlle messrs st ste mt ft vs v viz cf e.g i.e eg ie approx ca c b fl est incl esp resp ed eds
trans ph asst dept assoc p.s p.p.s univ inst natl intl bros att attn
"""
_NUMBERED = """
no nos fig figs vol vols p pp par para ch chap sec art ext tel fax op jan feb mar apr jun jul aug sep sept oct nov dec
eq eqs tab ref refs app pt pts ser bk v ver al ave rd blvd
"""
_LAST = """
etc inc ltd co corp llc llp plc pty gmbh bros jr sr esq al a.m p.m am pm a.d b.c u.s u.k u.n e.u d.c ph.d m.d b.a m.a
b.sc m.sc mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec ave blvd rd
dept est ed eds hon ft hrs hr min mins sec secs lb lbs oz kg km cm mm mph sq cu max ps n.b r.e w.h.s
"""
_STARTERS = """
The This That These Those There Then They Their He She It Its We You Your Our His Her My I In On At By For From With As
After Before Since Until While When Where Who What Why How If Though Although Because But And Or So Yet However Also
Moreover Furthermore Meanwhile Nevertheless Nonetheless Therefore Thus Hence Finally Instead Still Now Today Yesterday
Tomorrow Here Once Not No Yes Nobody Nothing Everyone Everything Some Many Most Several Both Each Every All Another
Other Others Such Even Just Only Perhaps Maybe Please Let Do Does Did Is Are Was Were Has Have Had Can Could Will Would
Should May Might Must During Despite Among According Between Under Over Through Without Within Nor A An To Of
"""
# What may follow "5 p.m." in the same sentence.
_OF_TIME = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun January February March April June
July August September October November December Eastern Central Mountain Pacific Atlantic Greenwich Beijing London Tokyo
Moscow Standard Daylight Universal Local GMT UTC EST EDT ET CST CDT CT MST MDT MT PST PDT PT BST CET CEST HKT IST JST
"""
_STATES = """
Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev N.C N.D N.H N.J N.M N.Y
Okla Ore Pa R.I S.C S.D Tenn Tex Va Vt W.Va Wash Wis Wyo Ont Que Alta Man Sask
"""
_SPEECH = """
said says say asked asks replied replies answered answers cried cries shouted shouts yelled yells whispered whispers
muttered mutters murmured murmurs exclaimed exclaims called calls screamed screams demanded demands added adds
continued continues went told tells inquired enquired repeated snapped growled hissed sighed laughed gasped groaned
grunted barked bellowed roared wailed sobbed pleaded begged urged warned remarked observed declared announced insisted
protested objected interrupted interjected responded returned retorted stammered stuttered mumbled moaned sneered
sang thought wondered mused blurted chuckled giggled teased joked noted agreed admitted explained ventured croaked
began finished concluded suggested confessed lied swore breathed hummed soothed prompted pressed offered commented
corrected reminded reported guessed reasoned recalled reflected vowed chided scolded scoffed snarled spat squeaked
squealed shrieked hollered howled whined whimpered drawled mocked quipped countered conceded acknowledged affirmed
assured boasted bragged commanded ordered coaxed crowed cursed intoned lamented rasped recited snorted thundered
"""

STATES = frozenset(_STATES.split())
UNITS = frozenset(("kg", "km", "cm", "mm", "mph", "oz", "lb", "lbs", "ft", "hr", "hrs", "mins", "secs"))
STARTERS = frozenset(_STARTERS.split())
OF_TIME = frozenset(_OF_TIME.split())
SPEECH_VERBS = frozenset(_SPEECH.split())
OFTEN_LAST = frozenset(_LAST.split()) - {"sun", "sat", "max", "am", "min", "sec"}
WITH_NUMBER = frozenset(_NUMBERED.split())
NEVER_LAST = frozenset(_NEVER.split()) - OFTEN_LAST
