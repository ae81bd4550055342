import { existsSync, readFileSync } from 'node:fs';
import type { PiiEntity } from '@/lib/policy/prompt/schema';

/** A text and what in it is personal data. */
export type Labelled = { text: string; spans: { entity: PiiEntity; start: number; end: number }[] };

const SPANS = '../shared/eval/pii/spans.jsonl';
/** What of the labels is an entity of the gateway; places, dates, ages and organisations are not. */
const ENTITIES: Readonly<Record<string, PiiEntity>> = {
  PERSON: 'person',
  STREET_ADDRESS: 'address',
  CREDIT_CARD: 'credit_card',
  PHONE_NUMBER: 'phone',
  EMAIL_ADDRESS: 'email',
  IBAN_CODE: 'iban',
  US_SSN: 'us_ssn',
  IP_ADDRESS: 'ip_address',
  US_DRIVER_LICENSE: 'driver_license',
};

/** The development rows of ../shared/eval, which are Microsoft Presidio's synthetic ones (MIT). */
export function developmentRows(): Labelled[] {
  if (!existsSync(SPANS)) throw new Error(`${SPANS} is not here`);
  return lines<{ text: string; spans: { type: string; start: number; end: number }[] }>(SPANS).map(
    ({ text, spans }) => ({
      text,
      spans: spans.flatMap(({ type, start, end }) => {
        const entity = ENTITIES[type];
        return entity === undefined ? [] : [{ entity, start, end }];
      }),
    }),
  );
}

/** The rows of a file of JSON lines. */
export function lines<Row>(path: string): Row[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}
