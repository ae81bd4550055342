import type { CachedAnswer, CacheRequest, TargetName } from '@/lib/gateway/ports';
import type { PackedVector } from './vector/pack';

/** Where an entry may be found: nobody outside finds it. */
export type Shelf = { tenantId: string; roleId: string };

export const shelfOf = ({ principal }: Pick<CacheRequest, 'principal'>): Shelf => ({
  tenantId: principal.tenant.id,
  roleId: principal.role.id,
});

export const shelfKey = ({ tenantId, roleId }: Shelf): string => `${tenantId}/${roleId}`;

/** One answer that is kept, with all that decides whom it may serve. */
export type CacheEntry = Shelf & {
  id: string;
  /** Who asked: a deleted key takes its entries along. */
  keyId: string;
  /** Hash of everything but the wording of the last user message; see `keysOf`. */
  partition: string;
  /** Hash of everything. */
  exactKey: string;
  /** What the last message says, cut to what is needed to find it again. */
  question: string;
  /** Of the question, when it may be compared by meaning. */
  vector: PackedVector | null;
  target: TargetName;
  requestedModel: string;
  /** The answer as JSON. */
  body: Buffer;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** When it may be forgotten for good; whether it may be used is asked of the policy. */
  expiresAt: number;
};

/** What JavaScript takes for an entry beside its contents: objects, index and map slots. Bytes, measured. */
const OVERHEAD = 1300;

/** Memory that an entry takes. */
export function bytesOf(entry: CacheEntry): number {
  const vector = entry.vector ? entry.vector.values.byteLength + SIGNATURE : 0;
  return OVERHEAD + entry.body.byteLength + 2 * entry.question.length + vector;
}
const SIGNATURE = 48;

export const encodeAnswer = (answer: CachedAnswer): Buffer => Buffer.from(JSON.stringify(answer));

/** A copy of its own for every reader: what one does to it no other sees. */
export const decodeAnswer = (entry: Pick<CacheEntry, 'body'>): CachedAnswer =>
  JSON.parse(entry.body.toString('utf8')) as CachedAnswer;
