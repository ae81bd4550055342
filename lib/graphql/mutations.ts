import 'server-only';
import { sendTestAlert, testAlertBody } from '@/lib/admin/alerts';
import { resetBreaker } from '@/lib/admin/breakers';
import { cacheQuery, clearCache, rejectAnswer } from '@/lib/admin/cache';
import { idSchema, refSchema } from '@/lib/admin/inputs';
import { createKey, keyInput, revokeKey } from '@/lib/admin/keys';
import { testAlertView } from '@/lib/admin/ledger-views';
import {
  addMember,
  changeMember,
  inviteAgain,
  memberInput,
  memberPatch,
  removeMember,
} from '@/lib/admin/members';
import { changePassword, passwordBody } from '@/lib/admin/password';
import { pricesBody, replacePrices } from '@/lib/admin/prices';
import { testProvider } from '@/lib/admin/provider-test';
import {
  changeProvider,
  createProvider,
  deleteProvider,
  providerInput,
  providerPatch,
} from '@/lib/admin/providers';
import {
  changeRole,
  createRole,
  deleteRole,
  roleInput,
  rolePatch,
  roleSourceQuery,
} from '@/lib/admin/roles';
import {
  changeTenant,
  createTenant,
  deleteTenant,
  tenantInput,
  tenantPatch,
} from '@/lib/admin/tenants';
import { createToken, deleteToken, tokenInput } from '@/lib/admin/tokens';
import * as views from '@/lib/admin/views';
import { operation, type Operation } from './operation';
import { POLICY_MUTATIONS } from './policy-mutations';

const role = refSchema;
const id = idSchema;
const provider = refSchema;

/** Everything that can be changed: what REST can do. Inputs of a change leave alone what they do not name. */
export const MUTATIONS: Readonly<Record<string, Operation>> = {
  createTenant: operation({
    description: "Creates a tenant with its default role, whose policy is the tier's.",
    access: 'actor',
    args: { input: tenantInput },
    result: views.tenantView,
    run: ({ access, args }) => createTenant(access, args.input),
  }),
  updateTenant: operation({
    description: 'Changes a tenant.',
    access: 'owner',
    args: { input: tenantPatch },
    result: views.tenantView,
    run: ({ access, args }) => changeTenant(access, args.input),
  }),
  deleteTenant: operation({
    description: 'Deletes a tenant and all that it owns.',
    access: 'owner',
    args: {},
    run: ({ access }) => deleteTenant(access),
  }),
  createRole: operation({
    description: 'Creates a role; `from` copies a policy: `tier`, `tier:free` or a role.',
    access: 'editor',
    args: { input: roleInput, ...roleSourceQuery.shape },
    result: views.roleView,
    run: ({ access, args }) => createRole(access, args.input, args.from),
  }),
  updateRole: operation({
    description: 'Changes a role, its policy apart.',
    access: 'editor',
    args: { role, input: rolePatch },
    result: views.roleView,
    run: ({ access, args }) => changeRole(access, args.role, args.input),
  }),
  deleteRole: operation({
    description: 'Deletes a role with its history.',
    access: 'editor',
    args: { role },
    run: ({ access, args }) => deleteRole(access, args.role),
  }),
  ...POLICY_MUTATIONS,
  createKey: operation({
    description: 'Creates an API key; the secret is in this answer only.',
    access: 'editor',
    args: { input: keyInput },
    result: views.newKeyView,
    run: ({ access, args }) => createKey(access, args.input),
  }),
  revokeKey: operation({
    description: 'Revokes an API key for good.',
    access: 'editor',
    args: { id },
    run: ({ access, args }) => revokeKey(access, args.id),
  }),
  createProvider: operation({
    description: 'Adds a provider connection; its API key is write-only.',
    access: 'editor',
    args: { input: providerInput },
    result: views.providerView,
    run: ({ access, args }) => createProvider(access, args.input),
  }),
  updateProvider: operation({
    description: 'Changes a provider connection; a new base URL takes the API key again.',
    access: 'editor',
    args: { provider, input: providerPatch },
    result: views.providerView,
    run: ({ access, args }) => changeProvider(access, args.provider, args.input),
  }),
  deleteProvider: operation({
    description: 'Deletes a provider connection.',
    access: 'editor',
    args: { provider },
    run: ({ access, args }) => deleteProvider(access, args.provider),
  }),
  testProvider: operation({
    description: 'Calls the provider once with the stored credential and says how that went.',
    access: 'editor',
    args: { provider },
    result: views.providerTestView,
    run: ({ access, args }) => testProvider(access, args.provider),
  }),
  replacePrices: operation({
    description: "Replaces the tenant's own prices.",
    access: 'editor',
    args: { input: pricesBody },
    result: views.pricesView,
    run: ({ access, args }) => replacePrices(access, args.input),
  }),
  resetBreaker: operation({
    description: 'Closes a circuit breaker.',
    access: 'editor',
    args: { provider },
    result: views.breakerView,
    run: ({ access, args }) => resetBreaker(access, args.provider),
  }),
  clearCache: operation({
    description: 'Forgets cached answers, of a role or of the whole tenant.',
    access: 'editor',
    args: cacheQuery.shape,
    run: ({ access, args }) => clearCache(access, args),
  }),
  giveFeedback: operation({
    description: 'Says that the cached answer to a request was wrong: it is given to nobody again.',
    access: 'editor',
    args: { id: refSchema },
    run: ({ access, args }) => rejectAnswer(access, args.id),
  }),
  sendTestAlert: operation({
    description: "Sends a test alert now, to a role's channels or those given.",
    access: 'editor',
    args: { role, input: testAlertBody.default({}) },
    result: testAlertView,
    run: ({ access, args }) => sendTestAlert(access, args.role, args.input),
  }),
  addMember: operation({
    description:
      'Adds a person by e-mail address, with a link to set a password where one is needed.',
    access: 'owner',
    args: { input: memberInput },
    result: views.newMemberView,
    run: ({ access, args }) => addMember(access, args.input),
  }),
  updateMember: operation({
    description: "Changes a member's role.",
    access: 'owner',
    args: { id, input: memberPatch },
    result: views.memberView,
    run: ({ access, args }) => changeMember(access, args.id, args.input),
  }),
  removeMember: operation({
    description: 'Removes a member; the last owner stays.',
    access: 'owner',
    args: { id },
    run: ({ access, args }) => removeMember(access, args.id),
  }),
  inviteAgain: operation({
    description: 'A fresh link for a member who has no way to sign in yet.',
    access: 'owner',
    args: { id },
    result: views.invitationView,
    run: ({ access, args }) => inviteAgain(access, args.id),
  }),
  createToken: operation({
    description: 'Creates an admin token; the secret is in this answer only.',
    access: 'owner',
    args: { input: tokenInput },
    result: views.newTokenView,
    run: ({ access, args }) => createToken(access, args.input),
  }),
  deleteToken: operation({
    description: 'Deletes an admin token.',
    access: 'owner',
    args: { id },
    run: ({ access, args }) => deleteToken(access, args.id),
  }),
  changePassword: operation({
    description: 'Changes the password of the signed-in person and signs them out everywhere.',
    access: 'actor',
    args: { input: passwordBody },
    run: ({ access, args }) => changePassword(access, args.input),
  }),
};
