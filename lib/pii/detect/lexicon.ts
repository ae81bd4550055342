const set = (words: string) => new Set(words.split(' '));

/** Parts of names in lower case. */
export const PARTICLES = set(
  'van von de der den da di dos das do del della la le bin ibn al el ter ten zu y e',
);

/** Words before the name of a street: "rue de Virton", "Via Roma", "ul. Cicha". */
export const STREET_PREFIXES = set(
  'rue avenue av ave boulevard bd blvd place allee chemin impasse quai cours voie route chaussee passage square via viale piazza piazzale piazzetta corso vicolo strada largo borgo contrada calle c avenida avda plaza paseo camino carretera carrer ronda rambla rua travessa alameda praca estrada rodovia beco ul ulica al aleja os plac pl ulice namesti nam str strada aleea bulevardul calea jalan jl jln ulitsa улица ул проспект пр вулиця вул',
);
/** Words behind the name of a street in English. */
export const STREET_SUFFIXES = set(
  'street st road rd avenue ave boulevard blvd lane ln drive dr court ct place pl square sq terrace tce way parkway pkwy highway hwy crescent cres close circle cir trail alley row walk mews grove quay loop bend ridge harbor harbour points greens route streets parks flats lodge hill bridge crossroad crossing gardens meadows plaza path pike turnpike expressway esplanade rise view heights',
);
/** Of those, the ones that also end other names: they need a number before. */
export const STREET_SUFFIXES_LOCAL = set(
  'utca ut utja ter tere korut krt fasor setany rakpart sokak caddesi sok cad iela prospekt ulica ulice cesta trg bakken',
);
/** Endings of one word that is a street. */
const STREET_ENDINGS =
  'straße strasse str gasse gässchen weg platz allee damm ufer moor straat laan plein gracht kade dreef steeg singel baan gatan gata gaten gate gade vej vegen veien vägen väg gränd katu tie kuja polku penger bakken stræde stræti straeti plads allé braut tunga toftir gerði'.split(
    ' ',
  );
const ENDS_LIKE_STREET = new RegExp(`(?:${STREET_ENDINGS.join('|')})$`, 'iu');
const NO_PAIR = -1;
/** The last two letters of each ending, by which most words are told to have none. */
const LAST_PAIRS = new Set(STREET_ENDINGS.map((ending) => pairOf(ending)));

/** Whether a word of two letters or more ends in the name of a kind of street. */
export function endsLikeStreet(word: string): boolean {
  const pair = pairOf(word);
  // Letters beyond ASCII have more than two forms.
  return (pair === NO_PAIR || LAST_PAIRS.has(pair)) && ENDS_LIKE_STREET.test(word);
}

function pairOf(word: string): number {
  const last = word.charCodeAt(word.length - 1) | 0x20;
  const before = word.charCodeAt(word.length - 2) | 0x20;
  return last < 128 && before < 128 ? (before << 7) | last : NO_PAIR;
}

const COMMON = set(
  "the a an and or but if in on at to for from with by of as is are was were be been has have had do does did can could will would should may might must shall not no yes this that these those here there what which who whom whose when where why how all any both each few more most other some such only own same so than too very just also then now i you he she it we they me him her us them my your his its our their please thanks thank hello hi hey dear sir madam note example see use using used new old first last next name address phone email date time day month year today monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december north south east west northern southern eastern western central street road avenue lane drive court place square park city town county state country university college school institute hospital company corporation inc ltd llc gmbh corp bank group team department office center centre station airport hotel museum church house building room river lake mountain island ocean sea bay beach world europe asia africa america american european british english french german spanish italian chinese japanese russian indian canadian australian dutch swedish api url http https json xml html css sql javascript typescript python java react node windows linux mac google microsoft apple amazon facebook github data code file function class type error server client test version update release support contact service system user users account order product price total number model module package library project license copyright open source web site page app application software hardware network internet database table list value key string object array index default option options config return true false null undefined get set put post delete add remove create make build run start stop end let const var import export public private static void int bool war president king queen prince lord saint street movie film song album book game music art science history war army navy air force national international federal united royal great big best good bad high low top i'm i'd i'll i've it's he's she's that's what's who's here's there's let's don't economic consulting orchestra",
);

/** A word that is part of no name, however it is written. */
export function isCommonWord(key: string): boolean {
  return COMMON.has(key);
}

export function isStreetWord(key: string): boolean {
  return STREET_SUFFIXES.has(key) || STREET_SUFFIXES_LOCAL.has(key);
}
