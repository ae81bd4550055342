/** Ordinary prose with a name, an address, an e-mail address, a telephone number and a card at its end. */
export const PROSE =
  "The committee met on Tuesday to discuss the instructions for the new system. Somebody showed the previous report, and nobody forgot the rules for visitors; from now on they act as guests. The harvest of that year was good, and the mill ran late. Then it rained for a week, the roads were closed, and what had been planned for the spring was put off again, to nobody's surprise. Anna Smith of 12 Baker Street wrote it down. Please send the report to anna.smith@example.com or call +1 212 555 0187; the card 4111 1111 1111 1111 was charged on 2024-05-17. ";

/** A text over and over, so many characters in all. */
export const repeated = (text: string, chars: number): string =>
  text.repeat(Math.ceil(chars / text.length)).slice(0, chars);
