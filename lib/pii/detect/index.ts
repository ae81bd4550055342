import type { PiiEntity } from '@/lib/policy/prompt/schema';
import { detectAddresses } from './address';
import { detectCreditCards } from './credit-card';
import { detectDatesOfBirth } from './date-of-birth';
import { detectEmails } from './email';
import { detectIbans } from './iban';
import { detectDriverLicenses, detectPassports } from './identity-documents';
import { detectIpAddresses } from './ip-address';
import { detectPersons } from './person';
import { detectPhones } from './phone';
import { detectSecrets } from './secret';
import { traitsOf, type TextTraits } from './traits';
import type { PiiSpan, TraitDetector } from './types';
import { detectUrlCredentials } from './url-credentials';
import { detectSsns } from './us-ssn';
import { wordsOf } from './words';

export type { PiiSpan } from './types';

/** Like `detectPii`, which may be asked by way of something that remembers. */
export type DetectPii = (text: string, entities: ReadonlySet<PiiEntity>) => readonly PiiSpan[];

/** A detector for each entity, surest first: where two overlap, the one that comes first is right. */
const DETECTORS: Readonly<Record<PiiEntity, TraitDetector>> = {
  url_credentials: detectUrlCredentials,
  secret: detectSecrets,
  iban: detectIbans,
  credit_card: detectCreditCards,
  email: detectEmails,
  us_ssn: detectSsns,
  driver_license: detectDriverLicenses,
  passport: detectPassports,
  date_of_birth: detectDatesOfBirth,
  ip_address: detectIpAddresses,
  address: detectAddresses,
  phone: detectPhones,
  person: detectPersons,
};
const RANKED = Object.keys(DETECTORS) as PiiEntity[];

/** What a text must have for a detector to find anything in it; most texts have too few digits for most of them. */
const NEEDED: Partial<Record<PiiEntity, (traits: TextTraits) => boolean>> = {
  iban: ({ digits }) => digits >= 2,
  credit_card: ({ digits }) => digits >= 12,
  us_ssn: ({ digits }) => digits >= 9,
  driver_license: ({ digits }) => digits >= 4,
  passport: ({ digits }) => digits >= 5,
  date_of_birth: ({ digits }) => digits >= 3,
  phone: ({ digits }) => digits >= 6,
};

/**
 * Finds personal data and secrets of these entities in a text. Spans come in order and do not overlap. Pure,
 * offline, and linear in the length of the text.
 */
export function detectPii(text: string, entities: ReadonlySet<PiiEntity>): PiiSpan[] {
  const found: PiiSpan[] = [];
  const traits = traitsOf(text);
  const words = entities.has('person') || entities.has('address') ? wordsOf(text) : [];
  for (const entity of RANKED) {
    if (entities.has(entity) && (NEEDED[entity]?.(traits) ?? true))
      found.push(...DETECTORS[entity](text, words, traits));
  }
  return withoutOverlaps(found);
}

/** What is left of these beside a surer span is still worth covering; the rest of a number is not. */
const DIVISIBLE: ReadonlySet<PiiEntity> = new Set(['address', 'person', 'phone', 'secret']);

/** Of overlapping spans the surest stays whole; of a less sure one, what stands outside of it. */
function withoutOverlaps(found: PiiSpan[]): PiiSpan[] {
  const ordered = found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: PiiSpan[] = [];
  for (let span of ordered) {
    const last = kept.at(-1);
    if (last && span.start < last.end) {
      if (rankOf(span) < rankOf(last)) {
        kept.pop();
        if (DIVISIBLE.has(last.entity)) {
          if (last.start < span.start) kept.push({ ...last, end: span.start });
          if (last.end > span.end) {
            kept.push(span);
            span = { ...last, start: span.end };
          }
        }
      } else if (span.end > last.end && DIVISIBLE.has(span.entity)) {
        span = { ...span, start: last.end };
      } else {
        continue;
      }
    }
    kept.push(span);
  }
  return kept;
}

function rankOf({ entity }: PiiSpan): number {
  return RANKED.indexOf(entity);
}
