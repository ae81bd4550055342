import 'server-only';
import { z } from 'zod';
import { refSchema } from '@/lib/admin/inputs';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { readPolicy, restoreBody, restoreRevision, savePolicy } from '@/lib/admin/policies';
import { policyView } from '@/lib/admin/views';
import { AppError } from '@/lib/errors/app-error';
import { rolePolicySchema } from '@/lib/policy/role-policy';
import { operation, policyArgument, type Operation } from './operation';
import { overlay } from './overlay';

const version = z.int32();
const comment = restoreBody.unwrap().shape.comment;
const expected = {
  /** The version that the change was made on, as REST's If-Match. */
  expectedVersion: version.optional(),
  /** In place of it: on whatever is current, as `If-Match: *`. */
  overwrite: z.boolean().default(false),
};

export const POLICY_MUTATIONS: Readonly<Record<string, Operation>> = {
  updatePolicy: operation({
    summary:
      'Changes the sections and fields that are named and leaves the others; lists are replaced whole. Needs the version it was made on.',
    access: 'editor',
    args: { role: refSchema, policy: policyArgument, comment, ...expected },
    result: policyView,
    async run({ access, args }) {
      const expectedVersion = requireExpected(args);
      const current = await readPolicy(access, args.role);
      return savePolicy(access, args.role, {
        policy: overlay(rolePolicySchema, current.policy, args.policy),
        comment: args.comment ?? '',
        // What was merged was merged with this version: a change in between must not be lost.
        expectedVersion: expectedVersion ?? current.version,
      });
    },
  }),
  replacePolicy: operation({
    ...ADMIN_OPERATIONS.savePolicy,
    args: { role: refSchema, policy: policyArgument, comment, ...expected },
    result: policyView,
    run({ access, args }) {
      const expectedVersion = requireExpected(args);
      const { policy, comment: why = '' } = args;
      return savePolicy(access, args.role, { policy, comment: why, expectedVersion });
    },
  }),
  restoreRevision: operation({
    ...ADMIN_OPERATIONS.restoreRevision,
    args: { role: refSchema, version, comment, expectedVersion: version.optional() },
    result: policyView,
    run: ({ access, args }) =>
      restoreRevision(access, args.role, args.version, {
        comment: args.comment,
        expectedVersion: args.expectedVersion ?? null,
      }),
  }),
};

/** Null: on whatever is current. @throws AppError precondition_required when neither is said */
function requireExpected(args: { expectedVersion?: number; overwrite: boolean }): number | null {
  if (args.overwrite) return null;
  if (args.expectedVersion !== undefined) return args.expectedVersion;
  throw new AppError(
    'precondition_required',
    'Send expectedVersion, the version your change was made on, as `policy` answers it.',
  );
}
