/**
 * Hand-made word lists for English. They say which differences between two questions matter and which
 * do not; nothing in them was learned from data.
 */

const words = (list: string): string[] => list.trim().split(/\s+/);
const setOf = (list: string): ReadonlySet<string> => new Set(words(list));

/** Each line is a group of words that mean the same to a question; the first stands for all. */
function groupsOf(lines: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const line of lines.trim().split('\n')) {
    const [first = '', ...others] = words(line);
    for (const word of [first, ...others]) map.set(word, first);
  }
  return map;
}

/** Words that carry no subject: articles, pronouns, auxiliaries, and what questions are padded with. */
export const FUNCTION_WORDS = setOf(`
a an the this that these those such it its itself he him his she her hers they them their theirs we us our
ours you your yours i me my mine myself yourself ourselves one ones someone somebody anyone anybody
people person everyone everybody who whom whose what which when where why how
is are am was were be been being do does did done doing have has had having can could will would shall should may
might must ought going gonna get gets got getting
and or but nor so yet if then than as of in on at by for with about into onto from to up out over under after
before between among through during against within without across via per upon off toward towards regarding
there here also too very really actually just simply exactly basically
some any all every each both either neither no not never none nothing only most more many much few less least
several lot lots own other another same else ever still already now today currently nowadays
tell explain describe show give let know like want need would wish say says said mean means
way ways thing things kind kinds sort sorts type types example examples
s t d ll re ve m nt dont doesnt didnt isnt arent cant wont etc eg ie okay ok well quite rather
whether while because since though although even again yes
`);

/** Content words that rarely change what a good answer says. */
export const LIGHT_WORDS = setOf(`
best good great nice better top main major basic common general various different certain particular
most important correct proper right suitable effective useful real true actual truly simple easy quick fast
become make makes making made take takes taking go goes use uses using used find finds look looking start begin
try work world life time day year people someone call called
amazing awesome incredible interesting cool wonderful excellent fantastic
major biggest whole entire possible steps step tips tip ideas advice question answer anyway
`);

/** Light words that say something after all where the other text has another word in their place. */
export const LIGHT_VERBS = setOf('find correct make take use look start begin try work call go');

/** Adjectives and adverbs that say the same wherever they stand in a sentence. */
export const PREDICATES = setOf(`
best better good great top worst favorite favourite popular common famous important possible fast
`);

/** Words that may stand for one another. */
export const SYNONYMS = groupsOf(`
get obtain acquire receive gain
find locate discover
buy purchase
fix repair solve resolve troubleshoot
remove delete erase uninstall
make create build construct
begin start commence initiate launch
stop quit cease
help assist aid support
big large huge
small little tiny
improve enhance
increase boost
learn study
afraid scared frightened
difficult hard tough
easy simple
difference distinction differ different
biggest largest greatest
quick fast quickly rapid
car automobile
phone smartphone mobile cellphone
job career profession
salary pay wage
movie film
picture photo image
kid child children
prepare preparation preparing ready
benefit advantage pro
drawback disadvantage con
meaning definition define
purpose aim goal
color colour
favorite favourite
center centre
organization organisation
error bug fault
cancel terminate
modify change alter edit
login signin
website site
company firm
country nation
house home
money cash
sick ill
doctor physician
exam examination test
application app
university college
safe secure
reason cause
method technique
happen occur
earn make
sleep asleep
lose losing loss
choose select pick
speak talk
rid remove
maximum max
minimum min
information info
advertisement ad ads
laptop notebook
program programme
math maths mathematics
weird strange odd
important significant
rich wealthy
clever smart intelligent
quickest fastest
cheap inexpensive affordable
expensive costly pricey
need require
trait characteristic attribute
refrigerator fridge
dangerous hazardous
weirdest strangest oddest
hardest toughest
richest wealthiest
smartest cleverest
nearest closest
newest latest
teenager teen adolescent
called named
view opinion
avoid prevent
reduce decrease lessen diminish curb
petrol gasoline
television tv tvs telly
bicycle bike
motorcycle motorbike
airplane plane aircraft aeroplane
truck lorry
elevator lift
apartment flat
sofa couch
trash garbage rubbish
luggage baggage
vacation holiday
mother mom mum
father dad
grandmother grandma
grandfather grandpa
lawyer attorney
medicine medication
disease illness
symptom sign
stomach belly tummy
beautiful pretty gorgeous attractive
thin slim skinny
angry mad
happy glad
funny hilarious humorous
famous renowned
kill murder
hide conceal
smell odor odour scent
taste flavor flavour
gray grey
theater theatre
fiber fibre
catalog catalogue
license licence
enroll enrol
trip journey
gift present
clothes clothing
problem issue trouble
reply respond response
query question
allow permit
forbid prohibit ban
restrict limit
achieve accomplish attain
complete finish
verify confirm
merge combine
convert transform
calculate compute
sum total
write compose draft
rephrase reword paraphrase rewrite
summary summarize
translation translate
understand comprehend grasp
remember recall
estimate approximate
execute run
restart reboot
enable activate turnon switchon
disable deactivate turnoff switchoff
folder directory dir
database db
repository repo
configuration config
environment env
documentation docs
parameter param
argument arg
authentication auth
administrator admin
developer dev
production prod
regex regexp
integer int
string str
dictionary dict
character char
boolean bool
variable var
asynchronous async
synchronous sync
computer pc pcs
email mail
screen display
slow sluggish
broken faulty defective
wrong incorrect
package parcel
delivery shipping
ship deliver
invoice bill
refund reimburse reimbursement
coupon voucher
cost price
fee charge
book reserve
booking reservation
representative agent
contact reach
warranty guarantee
manual handbook
copy duplicate
enlarge expand
employee worker
pain ache
`);

/** Pairs of which one is about the opposite, or the other side, of the other. */
const ANTONYM_PAIRS = words(`
buy/sell increase/decrease increase/reduce raise/lower open/close start/stop start/end begin/end begin/finish enable/disable
allow/deny allow/forbid allow/block permit/forbid add/remove add/delete insert/delete create/delete create/destroy create/drop add/drop
install/uninstall install/remove import/export upload/download send/receive give/receive give/take push/pull push/pop
encode/decode encrypt/decrypt compress/decompress compress/extract lock/unlock connect/disconnect attach/detach
mount/unmount subscribe/unsubscribe follow/unfollow block/unblock mute/unmute show/hide expand/collapse zip/unzip
login/logout signin/signout checkin/checkout enter/exit enter/leave arrive/leave arrive/depart win/lose gain/lose
love/hate like/dislike accept/reject accept/decline approve/reject agree/disagree pass/fail succeed/fail success/failure
advantage/disadvantage pro/con benefit/drawback benefit/risk benefit/harm strength/weakness profit/loss
good/bad best/worst better/worse great/terrible positive/negative right/wrong true/false correct/incorrect
legal/illegal safe/dangerous safe/unsafe healthy/unhealthy easy/hard easy/difficult simple/complex simple/complicated
fast/slow quick/slow hot/cold warm/cool wet/dry big/small large/small long/short tall/short high/low deep/shallow wide/narrow
thick/thin heavy/light strong/weak hard/soft rich/poor cheap/expensive old/young old/new ancient/modern early/late
first/last next/previous next/last before/after above/below over/under inside/outside indoor/outdoor internal/external
inner/outer upper/lower top/bottom front/back front/rear left/right north/south east/west up/down forward/backward
near/far on/off in/out login/logout turnon/turnoff switchon/switchoff setup/shutdown optin/optout public/private male/female man/woman men/women boy/girl husband/wife mother/father mom/dad son/daughter
brother/sister king/queen he/she him/her his/her mother/son parent/child teacher/student employer/employee buyer/seller
lender/borrower landlord/tenant doctor/patient client/server customer/supplier
max/min maximum/minimum most/least more/less more/fewer many/few always/never all/none everything/nothing both/neither
single/married alive/dead life/death birth/death day/night morning/evening summer/winter spring/autumn sunrise/sunset
rural/urban domestic/international local/remote local/global online/offline manual/automatic static/dynamic
synchronous/asynchronous serial/parallel ascending/descending horizontal/vertical row/column input/output read/write
source/target source/destination sender/receiver encode/decode credit/debit asset/liability income/expense deposit/withdraw
borrow/lend rent/own rent/buy hire/fire employ/fire promote/demote appreciate/depreciate inflate/deflate
acute/chronic benign/malignant artery/vein liquid/solid solid/gas acid/base acidic/alkaline hypertension/hypotension
hyperthyroidism/hypothyroidism victim/perpetrator guilty/innocent war/peace attack/defend offense/defense
visible/invisible active/passive active/inactive full/empty clean/dirty loud/quiet bright/dark happy/sad
introvert/extrovert optimist/pessimist liberal/conservative democrat/republican capitalism/communism
hardware/software frontend/backend freshwater/saltwater undergraduate/graduate bachelor/master
vegan/carnivore vegetarian/meat gasoline/diesel petrol/diesel ac/dc mutable/immutable odd/even
northern/southern eastern/western prefix/suffix head/tail uppercase/lowercase encode/parse
given/received gave/received borrow/give come/go bring/take teach/learn ask/answer question/answer cause/prevent cause/cure
cause/effect cause/treat gain/reduce weight/height cat/dog sun/moon tea/coffee
`);

export const ANTONYMS: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const map = new Map<string, Set<string>>();
  const add = (a: string, b: string) => map.set(a, (map.get(a) ?? new Set()).add(b));
  for (const pair of ANTONYM_PAIRS) {
    const [a = '', b = ''] = pair.split('/');
    add(a, b);
    add(b, a);
  }
  return map;
})();

/** Words that turn a sentence round, and verbs that deny what follows them. */
export const NEGATIONS = setOf(`
not no never none nobody nothing nowhere neither nor cannot without cant dont doesnt didnt isnt arent wasnt
werent wont wouldnt shouldnt couldnt havent hasnt hadnt mustnt aint except excluding unless lack lacks lacking hardly
barely stop stops stopping stopped quit avoid avoiding prevent preventing undo undoing reverse reversing revert`);

/** Words that bound how much or how many are meant, by what they stand for. */
export const QUANTIFIERS = groupsOf(`
all every each everything everyone everybody
only solely exclusively merely
both
either
half
twice double
triple thrice
partial partially partly
maximum max
minimum min
sometimes occasionally
usually often frequently
rarely seldom
several
majority
minority
at_least
at_most
more
less
than_one
another
once
daily
weekly
monthly
yearly annually annual
hourly
`);

export const PREPOSITIONS = setOf(`
of in on at by for with about into onto from to over under after before between among through during against within
without across via per upon off toward towards than as like versus vs regarding
`);

export const COORDINATORS = setOf(`and or vs versus nor`);

export const MONTHS = groupsOf(`
january jan
february feb
march
april apr
may_month
june jun
july jul
august aug
september sep sept
october oct
november nov
december dec
monday mon
tuesday tue tues
wednesday wed
thursday thu thur thurs
friday fri
saturday
sunday
tomorrow
yesterday
`);

const NUMBER_NAMES = words(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty`,
);
const ORDINAL_NAMES = words(
  `zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth`,
);
/** Spelt numbers. `one` is too often a pronoun to be a number. */
export const SPELT_NUMBERS: ReadonlyMap<string, string> = new Map([
  ...NUMBER_NAMES.map((name, value) => [name, String(value)] as const).filter(([, v]) => v !== '1'),
  ...ORDINAL_NAMES.map((name, value) => [name, `${value}`] as const),
  ['thirty', '30'],
  ['forty', '40'],
  ['fifty', '50'],
  ['sixty', '60'],
  ['seventy', '70'],
  ['eighty', '80'],
  ['ninety', '90'],
  ['hundred', '100'],
  ['thousand', '1000'],
  ['million', '1000000'],
  ['billion', '1000000000'],
  ['trillion', '1000000000000'],
  ['dozen', '12'],
]);

/** Units and currencies, by their sign. */
export const UNITS = groupsOf(`
km kilometer kilometers kilometre kilometres kms
mile miles mi
meter meters metre metres
cm centimeter centimeters centimetre centimetres
mm millimeter millimeters millimetre millimetres
inch inches
foot feet ft
yard yards yd
kg kilogram kilograms kilo kilos kgs
gram grams gm
mg milligram milligrams
lb lbs pound pounds
oz ounce ounces
ton tons tonne tonnes
liter liters litre litres
ml milliliter milliliters millilitre millilitres
gallon gallons
tablespoon tablespoons tbsp
teaspoon teaspoons tsp
celsius °c
fahrenheit °f
kelvin
byte bytes
bit bits
kb kilobyte kilobytes
mb megabyte megabytes
gb gigabyte gigabytes
tb terabyte terabytes
ms millisecond milliseconds
second_unit seconds sec secs
minute minutes mins
hour hours hr hrs
week weeks
month months
decade decades
century centuries
percent %
dollar dollars $ usd usd$
euro euros € eur
gbp £ sterling
rupee rupees ₹ inr
yen ¥ jpy
yuan rmb cny
watt watts
kw kilowatt kilowatts
volt volts
amp amps ampere amperes
hz hertz
mhz megahertz
ghz gigahertz
kj kilojoule kilojoules
kcal calorie calories
acre acres
hectare hectares
mph
kmh kph
`);

/** One name for one thing, also where it has several. */
export const ALIASES = groupsOf(`
usa us america american u.s u.s.a u.s. u.s.a.
uk britain british u.k u.k.
india indian indians
china chinese
russia russian russians
japan japanese
germany german germans
france french
spain spanish
canada canadian
australia australian
pakistan pakistani
italy italian
mexico mexican
brazil brazilian
korea korean
turkey turkish
greece greek
europe european
javascript js
typescript ts
postgresql postgres
kubernetes k8s
`);

/** Verbs that make one word with what follows them, and what that is written as. */
export const PARTICLE_VERBS = setOf('log sign check back set shut roll opt turn switch');
export const PARTICLES: ReadonlyMap<string, string> = new Map([
  ...['in', 'into', 'on', 'out', 'off', 'up', 'down'].map((word) => [word, word] as const),
]);

export const TENSES = {
  past: setOf('was were did had didnt wasnt werent'),
  future: setOf('will shall wont ll gonna tomorrow upcoming'),
  present: setOf('is are am do does dont doesnt isnt arent'),
  /** What has happened may be asked for as past and as present. */
  perfect: setOf('has have'),
  conditional: setOf('would'),
} as const;

/** Common English words beyond the function words, as evidence that a short text is English. */
export const COMMON_ENGLISH = setOf(`
write create make list find fix add remove delete open close send change update reset set run build test check
file files code name number email password account order user data text table page function class error python
java sql question answer story poem email letter summary summarize translate calculate convert compare review
best good new old big small long short first last next many world country city capital president company money
time day week month year work job school book movie music game food water health weight
install upgrade cancel refund payment price cost card phone computer internet website online server database
define symptoms signs shoe shoes size undo merge branch shipping return returns warranty booking flight flights
ticket tickets cheap near hours opening today status lost stolen broken forgot unlock login track delivery address invoice
receipt subscription downgrade balance loan rate rates exchange tax salary holiday holidays sick printer screen keyboard
slow restart crash freeze download upload string array loop sort reverse query join column row key value push pull clone
deploy run shell headache fever cough sleep blood pressure mortgage insurance lawyer rent landlord tenant largest longest
tallest height speed war planet contact support
is are weather help difference between meaning recipe ideas tips plan
`);
