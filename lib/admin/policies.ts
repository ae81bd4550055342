import 'server-only';
import { z } from 'zod';
import { auditActor } from '@/lib/auth/audit';
import { withTenant } from '@/lib/db/client';
import type { Page, PageRequest } from '@/lib/db/paging';
import {
  readPolicies as readManyStored,
  readPolicy as readStored,
  savePolicy as save,
  type PolicyView,
  type SaveInput,
  type SaveResult,
} from '@/lib/db/policies-repository';
import { PolicyUnreadableError } from '@/lib/db/policy-codec';
import {
  findRevision,
  listRevisions as readRevisions,
  type RevisionSummary,
  type RevisionView,
} from '@/lib/db/policy-revisions-repository';
import { AppError } from '@/lib/errors/app-error';
import type { RolePolicy } from '@/lib/policy/role-policy';
import type { Access } from './access';
import { oneRole } from './inputs';
import { maskedFor } from './mask-policy';
import { noSuchRole, requireRole } from './roles';
import { checkedPolicy } from './validate-policy';

const wrapped = z.strictObject({
  policy: z.looseObject({}, { error: 'Write the policy document.' }),
  comment: z.string().trim().max(1000, 'Write at most 1000 characters.').default(''),
});

/** What a save says. The document is not yet judged: `checkedPolicy` does that. */
export type PolicyChange = { policy: unknown; comment: string };

/** The whole document, or `{policy, comment}` around it. */
export const policyBody = z
  .looseObject({}, { error: 'Send the policy document, or {policy, comment}.' })
  .transform((body) => ('policy' in body ? body : { policy: body }))
  .pipe(wrapped) satisfies z.ZodType<PolicyChange>;

/** The policy in force. Viewers see of a webhook only its host: its path is a secret. */
export async function readPolicy(access: Access, roleRef: string): Promise<PolicyView> {
  const { tenant, role } = access;
  return withTenant(tenant.id, async (tx) => {
    const { id } = await requireRole(tx, tenant.id, roleRef);
    const view = await readable(readStored(tx, tenant.id, id));
    if (!view) throw noSuchRole();
    return { version: view.version, policy: maskedFor(role, view.policy) };
  });
}

/**
 * The policies of many roles at once, masked as `readPolicy` does it; a role without one is missing, and
 * one whose stored policy cannot be read has the error that says so.
 */
export async function readPolicies(
  { tenant, role }: Access,
  roleIds: readonly string[],
): Promise<Map<string, PolicyView | AppError>> {
  const stored = await withTenant(tenant.id, (tx) => readManyStored(tx, tenant.id, roleIds));
  return new Map(
    [...stored].map(([id, view]) => [
      id,
      view instanceof PolicyUnreadableError
        ? unreadable(view)
        : { version: view.version, policy: maskedFor(role, view.policy) },
    ]),
  );
}

/**
 * Saves a policy made on `expectedVersion`. One that changes nothing keeps its version.
 * @throws AppError validation_failed with the path of each fault in the document; version_conflict
 *   with `currentVersion` and whose change came between
 */
export async function savePolicy(
  access: Access<'editor'>,
  roleRef: string,
  change: PolicyChange & { expectedVersion: number | null },
): Promise<PolicyView> {
  const policy = checkedPolicy(change.policy);
  const { comment, expectedVersion } = change;
  return store(access, roleRef, { policy, comment, expectedVersion });
}

/** Revisions, newest first. */
export async function listRevisions(
  { tenant }: Access,
  roleRef: string,
  page: PageRequest,
): Promise<Page<RevisionSummary>> {
  return withTenant(tenant.id, async (tx) => {
    const { id } = await requireRole(tx, tenant.id, roleRef);
    return readRevisions(tx, tenant.id, id, page);
  });
}

/**
 * One version with its whole document, masked for who may not see secrets.
 * @throws AppError not_found, policy_unavailable
 */
export async function readRevision(
  access: Access,
  roleRef: string,
  version: number,
): Promise<RevisionView> {
  const { tenant, role } = access;
  return withTenant(tenant.id, async (tx) => {
    const { id } = await requireRole(tx, tenant.id, roleRef);
    const revision = await readable(findRevision(tx, tenant.id, id, version));
    if (!revision) throw new AppError('not_found', 'The policy has no such version.');
    return { ...revision, policy: maskedFor(role, revision.policy) };
  });
}

/** One version of a role's policy, in a path. */
export const oneRevision = oneRole.extend({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});

export const restoreBody = z
  .strictObject({ comment: z.string().trim().max(1000).optional() })
  .default({});

/**
 * Makes a new version out of an old one, judged by today's rules.
 * @param expectedVersion of If-Match; null: whatever is current
 */
export async function restoreRevision(
  access: Access<'editor'>,
  roleRef: string,
  version: number,
  options: { comment?: string; expectedVersion: number | null },
): Promise<PolicyView> {
  const { policy } = await readRevision(access, roleRef, version);
  return store(access, roleRef, {
    policy: checkedPolicy(policy),
    comment: options.comment ?? `Restored version ${version}`,
    restoredFrom: version,
    expectedVersion: options.expectedVersion,
  });
}

async function store(
  access: Access<'editor'>,
  roleRef: string,
  input: Omit<SaveInput, 'roleId' | 'actor'> & { policy: RolePolicy },
): Promise<PolicyView> {
  const { tenant, actor, origin } = access;
  return withTenant(tenant.id, async (tx) => {
    const { id } = await requireRole(tx, tenant.id, roleRef);
    const by = auditActor(actor, origin);
    return viewOf(await save(tx, tenant.id, { ...input, roleId: id, actor: by }));
  });
}

function viewOf(result: SaveResult): PolicyView {
  if (result.kind === 'not_found') throw noSuchRole();
  if (result.kind !== 'conflict') return { version: result.version, policy: result.policy };
  const { currentVersion, current } = result;
  const who = current ? ` by ${current.actor.name}` : '';
  throw new AppError(
    'version_conflict',
    `The policy was changed${who} in the meantime: it is at version ${currentVersion}. Read it again and merge.`,
    { details: { currentVersion, current }, headers: { etag: `"${currentVersion}"` } },
  );
}

/** A stored policy that cannot be read is an outage of that policy: the gateway says the same. */
async function readable<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (cause) {
    if (!(cause instanceof PolicyUnreadableError)) throw cause;
    throw unreadable(cause);
  }
}

function unreadable(cause: PolicyUnreadableError): AppError {
  return new AppError(
    'policy_unavailable',
    `${cause.message}. Save the policy anew (If-Match: *) or restore a version.`,
    { cause },
  );
}
