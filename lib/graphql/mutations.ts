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
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
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
    ...ADMIN_OPERATIONS.createTenant,
    args: { input: tenantInput },
    result: views.tenantView,
    run: ({ access, args }) => createTenant(access, args.input),
  }),
  updateTenant: operation({
    ...ADMIN_OPERATIONS.updateTenant,
    args: { input: tenantPatch },
    result: views.tenantView,
    run: ({ access, args }) => changeTenant(access, args.input),
  }),
  deleteTenant: operation({
    ...ADMIN_OPERATIONS.deleteTenant,
    args: {},
    run: ({ access }) => deleteTenant(access),
  }),
  createRole: operation({
    ...ADMIN_OPERATIONS.createRole,
    args: { input: roleInput, ...roleSourceQuery.shape },
    result: views.roleView,
    run: ({ access, args }) => createRole(access, args.input, args.from),
  }),
  updateRole: operation({
    ...ADMIN_OPERATIONS.updateRole,
    args: { role, input: rolePatch },
    result: views.roleView,
    run: ({ access, args }) => changeRole(access, args.role, args.input),
  }),
  deleteRole: operation({
    ...ADMIN_OPERATIONS.deleteRole,
    args: { role },
    run: ({ access, args }) => deleteRole(access, args.role),
  }),
  ...POLICY_MUTATIONS,
  createKey: operation({
    ...ADMIN_OPERATIONS.createKey,
    args: { input: keyInput },
    result: views.newKeyView,
    run: ({ access, args }) => createKey(access, args.input),
  }),
  revokeKey: operation({
    ...ADMIN_OPERATIONS.revokeKey,
    args: { id },
    run: ({ access, args }) => revokeKey(access, args.id),
  }),
  createProvider: operation({
    ...ADMIN_OPERATIONS.createProvider,
    args: { input: providerInput },
    result: views.providerView,
    run: ({ access, args }) => createProvider(access, args.input),
  }),
  updateProvider: operation({
    ...ADMIN_OPERATIONS.updateProvider,
    args: { provider, input: providerPatch },
    result: views.providerView,
    run: ({ access, args }) => changeProvider(access, args.provider, args.input),
  }),
  deleteProvider: operation({
    ...ADMIN_OPERATIONS.deleteProvider,
    args: { provider },
    run: ({ access, args }) => deleteProvider(access, args.provider),
  }),
  testProvider: operation({
    ...ADMIN_OPERATIONS.testProvider,
    args: { provider },
    result: views.providerTestView,
    run: ({ access, args }) => testProvider(access, args.provider),
  }),
  replacePrices: operation({
    ...ADMIN_OPERATIONS.replacePrices,
    args: { input: pricesBody },
    result: views.pricesView,
    run: ({ access, args }) => replacePrices(access, args.input),
  }),
  resetBreaker: operation({
    ...ADMIN_OPERATIONS.resetBreaker,
    args: { provider },
    result: views.breakerView,
    run: ({ access, args }) => resetBreaker(access, args.provider),
  }),
  clearCache: operation({
    ...ADMIN_OPERATIONS.clearCache,
    args: cacheQuery.shape,
    run: ({ access, args }) => clearCache(access, args),
  }),
  giveFeedback: operation({
    ...ADMIN_OPERATIONS.giveFeedback,
    args: { id: refSchema },
    run: ({ access, args }) => rejectAnswer(access, args.id),
  }),
  sendTestAlert: operation({
    ...ADMIN_OPERATIONS.sendTestAlert,
    args: { role, input: testAlertBody.default({}) },
    result: testAlertView,
    run: ({ access, args }) => sendTestAlert(access, args.role, args.input),
  }),
  addMember: operation({
    ...ADMIN_OPERATIONS.addMember,
    args: { input: memberInput },
    result: views.newMemberView,
    run: ({ access, args }) => addMember(access, args.input),
  }),
  updateMember: operation({
    ...ADMIN_OPERATIONS.updateMember,
    args: { id, input: memberPatch },
    result: views.memberView,
    run: ({ access, args }) => changeMember(access, args.id, args.input),
  }),
  removeMember: operation({
    ...ADMIN_OPERATIONS.removeMember,
    args: { id },
    run: ({ access, args }) => removeMember(access, args.id),
  }),
  inviteAgain: operation({
    ...ADMIN_OPERATIONS.inviteAgain,
    args: { id },
    result: views.invitationView,
    run: ({ access, args }) => inviteAgain(access, args.id),
  }),
  createToken: operation({
    ...ADMIN_OPERATIONS.createToken,
    args: { input: tokenInput },
    result: views.newTokenView,
    run: ({ access, args }) => createToken(access, args.input),
  }),
  deleteToken: operation({
    ...ADMIN_OPERATIONS.deleteToken,
    args: { id },
    run: ({ access, args }) => deleteToken(access, args.id),
  }),
  changePassword: operation({
    ...ADMIN_OPERATIONS.changePassword,
    args: { input: passwordBody },
    run: ({ access, args }) => changePassword(access, args.input),
  }),
};
