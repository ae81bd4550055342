import { words, groupsOf } from './word-lists';

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
