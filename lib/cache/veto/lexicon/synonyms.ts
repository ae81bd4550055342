import { groupsOf } from './word-lists';

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
