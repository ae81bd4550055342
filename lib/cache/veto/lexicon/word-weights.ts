import { setOf } from './word-lists';

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
