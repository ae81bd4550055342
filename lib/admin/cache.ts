import 'server-only';
import { z } from 'zod';
import { reportPair } from '@/lib/cache/report-pair';
import type { CacheEntry } from '@/lib/cache/entry';
import { periodsAt } from '@/lib/budget/periods';
import { noteWrongAnswer, readCacheStats } from '@/lib/db/cache-stats-repository';
import { withTenant } from '@/lib/db/client';
import { encoder } from '@/lib/encoder';
import { AppError } from '@/lib/errors/app-error';
import { splitModelName } from '@/lib/gateway/targets';
import { compileModels } from '@/lib/policy/model/match';
import { compilePatterns } from '@/lib/policy/patterns';
import { modelPatternSchema, re2PatternSchema } from '@/lib/policy/primitives';
import { currentRuntime } from '@/lib/server/current-runtime';
import { audit, type Access } from './access';
import { idSchema, refSchema } from './inputs';
import { readRequest } from './requests';
import { requireRoleAt } from './roles';
import type { CacheMatchView, CacheStatsView } from './views';

const day = z.iso.date({ error: 'Write a day such as 2030-01-31.' }).optional();
export const cacheStatsQuery = z.object({ role: refSchema.optional(), from: day, to: day });
/** Of a purge: all that are given must hold. Strict, since a filter that is misspelt would widen it. */
export const cacheQuery = z.strictObject({
  role: refSchema.optional(),
  /** A model or a pattern with `*`, of who answered or of what was asked for. */
  model: modelPatternSchema.optional(),
  /** RE2, searched in the question. */
  pattern: re2PatternSchema.optional(),
  entry: idSchema.optional(),
});

export const cacheMatchBody = z.strictObject({
  a: z.string().max(2000, 'Write at most 2,000 characters.'),
  b: z.string().max(2000, 'Write at most 2,000 characters.'),
});

export const feedbackBody = z.strictObject({
  verdict: z.literal('wrong', { error: 'Write "wrong".' }),
});

const DEFAULT_DAYS = 30;

/** What the cache holds now, and what it saved over some days of the tenant's calendar, the last 30 unless told. */
export async function readCache(
  { tenant }: Access,
  { role, from, to }: z.output<typeof cacheStatsQuery>,
): Promise<CacheStatsView> {
  const last = to ?? periodsAt(Date.now(), tenant.timezone).date;
  const first = from ?? daysBefore(last, DEFAULT_DAYS - 1);
  return withTenant(tenant.id, async (tx) => {
    const roleId =
      role === undefined ? undefined : (await requireRoleAt(tx, tenant.id, role, 'role')).id;
    const stats = await readCacheStats(tx, tenant.id, { roleId, from: first, to: last });
    const size = await currentRuntime().cacheKeeper.size(tenant.id, roleId ?? null);
    return { ...stats, ...size };
  });
}

/** Forgets cached answers: those of a tenant that are of the role, model, pattern and entry that are named. */
export async function clearCache(
  access: Access<'editor'>,
  { role, model, pattern, entry }: z.output<typeof cacheQuery>,
): Promise<void> {
  const { tenant } = access;
  const bound =
    role === undefined
      ? null
      : await withTenant(tenant.id, (tx) => requireRoleAt(tx, tenant.id, role, 'role'));
  await currentRuntime().cacheKeeper.forget(tenant.id, {
    ...(bound ? { roleId: bound.id } : {}),
    ...(entry === undefined ? {} : { entryId: entry }),
    ...(model === undefined && pattern === undefined ? {} : { matches: matcher(model, pattern) }),
  });
  const target = bound
    ? { type: 'role', id: bound.id, name: bound.name }
    : { type: 'tenant', id: tenant.id, name: tenant.name };
  await withTenant(tenant.id, (tx) => audit(tx, access, { action: 'cache.clear', target }));
}

/** Whether two questions would be given one answer, and why not. Nothing is kept of them. */
export async function matchQuestions({
  a,
  b,
}: z.output<typeof cacheMatchBody>): Promise<CacheMatchView> {
  return reportPair(encoder(), a, b);
}

/**
 * The answer to a request was wrong for it: the entry it came from goes, and the pair never matches again. Said
 * twice it is carried out twice, which changes nothing, and counted once.
 */
export async function rejectAnswer(access: Access<'editor'>, id: string): Promise<void> {
  const { tenant } = access;
  const receipt = await readRequest(access, id);
  const { entryId, pair } = receipt.cache;
  if (entryId === undefined) {
    throw new AppError('conflict', 'This request was not answered from the cache.');
  }
  const shelf = { tenantId: tenant.id, roleId: receipt.role.id };
  await currentRuntime().cacheKeeper.reject(shelf, { entryId, pair });
  await withTenant(tenant.id, async (tx) => {
    const { date } = periodsAt(Date.now(), tenant.timezone);
    const wrong = { roleId: receipt.role.id, requestId: receipt.id, date };
    if (!(await noteWrongAnswer(tx, tenant.id, wrong))) return;
    await audit(tx, access, {
      action: 'cache.reject',
      target: { type: 'role', id: receipt.role.id, name: receipt.role.name },
    });
  });
}

function matcher(model: string | undefined, pattern: string | undefined) {
  const isModel = compileModels(model === undefined ? [] : [model], 'wide');
  const wasAskedFor = (name: string) => {
    const { provider, model: bare } = splitModelName(name);
    return isModel({ provider: provider ?? '', model: bare });
  };
  const text = compilePatterns(pattern === undefined ? [] : [pattern]);
  return ({
    question,
    target,
    requestedModel,
  }: Pick<CacheEntry, 'question' | 'target' | 'requestedModel'>) =>
    (model === undefined || isModel(target) || wasAskedFor(requestedModel)) &&
    (pattern === undefined || text.firstMatch(question) >= 0);
}

function daysBefore(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}
