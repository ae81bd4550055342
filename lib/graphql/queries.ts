import 'server-only';
import { z } from 'zod';
import { alertsQuery, listAlerts, readSigningSecret } from '@/lib/admin/alerts';
import { auditQuery, listAudit } from '@/lib/admin/audit-log';
import { listBreakers } from '@/lib/admin/breakers';
import { budgetsQuery, listBudgets } from '@/lib/admin/budgets';
import { cacheMatchBody, cacheStatsQuery, matchQuestions, readCache } from '@/lib/admin/cache';
import { evaluate, evaluateBody } from '@/lib/admin/evaluate';
import { idSchema, pageQuery, refSchema } from '@/lib/admin/inputs';
import { keysQuery, listKeys, readKey } from '@/lib/admin/keys';
import { verifyBudgetLedger } from '@/lib/admin/ledger';
import { ledgerVerificationView, signingSecretView } from '@/lib/admin/ledger-views';
import { lint } from '@/lib/admin/lint';
import { readMe } from '@/lib/admin/me';
import { listMembers } from '@/lib/admin/members';
import { ADMIN_OPERATIONS } from '@/lib/admin/operations';
import { listRevisions, readPolicy, readRevision } from '@/lib/admin/policies';
import { listPrices } from '@/lib/admin/prices';
import { listProviders, readProvider } from '@/lib/admin/providers';
import { listRequests, readRequest, requestsQuery } from '@/lib/admin/requests';
import { listRoles, readRole } from '@/lib/admin/roles';
import { listTenants, readTenant } from '@/lib/admin/tenants';
import { listTokens } from '@/lib/admin/tokens';
import { readUsage, usageQuery } from '@/lib/admin/usage';
import * as views from '@/lib/admin/views';
import { operation, policyArgument, type Operation } from './operation';

const page = pageQuery.shape;
const role = refSchema;
const id = idSchema;

/** Everything that can be asked; nothing here changes anything. */
export const QUERIES: Readonly<Record<string, Operation>> = {
  me: operation({
    ...ADMIN_OPERATIONS.readMe,
    args: {},
    result: views.meView,
    run: ({ access }) => readMe(access),
  }),
  tenants: operation({
    ...ADMIN_OPERATIONS.listTenants,
    args: page,
    result: views.tenantsView,
    run: ({ access, args }) => listTenants(access, args),
  }),
  tenant: operation({
    ...ADMIN_OPERATIONS.readTenant,
    args: {},
    result: views.tenantView,
    run: ({ access }) => readTenant(access),
  }),
  roles: operation({
    ...ADMIN_OPERATIONS.listRoles,
    args: page,
    result: views.rolesView,
    run: ({ access, args }) => listRoles(access, args),
  }),
  role: operation({
    ...ADMIN_OPERATIONS.readRole,
    args: { role },
    result: views.roleView,
    run: ({ access, args }) => readRole(access, args.role),
  }),
  policy: operation({
    ...ADMIN_OPERATIONS.readPolicy,
    args: { role },
    result: views.policyView,
    run: ({ access, args }) => readPolicy(access, args.role),
  }),
  revisions: operation({
    ...ADMIN_OPERATIONS.listRevisions,
    args: { role, ...page },
    result: views.revisionsView,
    run: ({ access, args: { role: ref, ...rest } }) => listRevisions(access, ref, rest),
  }),
  revision: operation({
    ...ADMIN_OPERATIONS.readRevision,
    args: { role, version: z.int32().min(1) },
    result: views.revisionView,
    run: ({ access, args }) => readRevision(access, args.role, args.version),
  }),
  evaluate: operation({
    ...ADMIN_OPERATIONS.evaluate,
    args: { role, request: evaluateBody.shape.request, policy: policyArgument.optional() },
    result: views.receiptView,
    run: ({ access, args: { role: ref, ...input } }) => evaluate(access, ref, input),
  }),
  lint: operation({
    ...ADMIN_OPERATIONS.lintPolicy,
    args: { role, policy: policyArgument.optional() },
    result: views.lintView,
    run: ({ access, args: { role: ref, ...input } }) => lint(access, ref, input),
  }),
  keys: operation({
    ...ADMIN_OPERATIONS.listKeys,
    args: { ...keysQuery.shape, revoked: z.boolean().optional() },
    result: views.keysView,
    run: ({ access, args: { revoked, ...rest } }) =>
      listKeys(access, { ...rest, revoked: revoked ? 'true' : 'false' }),
  }),
  key: operation({
    ...ADMIN_OPERATIONS.readKey,
    args: { id },
    result: views.keyView,
    run: ({ access, args }) => readKey(access, args.id),
  }),
  providers: operation({
    ...ADMIN_OPERATIONS.listProviders,
    args: page,
    result: views.providersView,
    run: ({ access, args }) => listProviders(access, args),
  }),
  provider: operation({
    ...ADMIN_OPERATIONS.readProvider,
    args: { provider: refSchema },
    result: views.providerView,
    run: ({ access, args }) => readProvider(access, args.provider),
  }),
  prices: operation({
    ...ADMIN_OPERATIONS.listPrices,
    args: {},
    result: views.pricesView,
    run: ({ access }) => listPrices(access),
  }),
  breakers: operation({
    ...ADMIN_OPERATIONS.listBreakers,
    args: {},
    result: views.breakersView,
    run: ({ access }) => listBreakers(access),
  }),
  requests: operation({
    ...ADMIN_OPERATIONS.listRequests,
    args: requestsQuery.shape,
    result: views.requestsView,
    run: ({ access, args }) => listRequests(access, args),
  }),
  request: operation({
    ...ADMIN_OPERATIONS.readRequest,
    args: { id: refSchema },
    result: views.receiptView,
    run: ({ access, args }) => readRequest(access, args.id),
  }),
  usage: operation({
    ...ADMIN_OPERATIONS.readUsage,
    args: usageQuery.shape,
    result: views.usageView,
    run: ({ access, args }) => readUsage(access, args),
  }),
  budgets: operation({
    ...ADMIN_OPERATIONS.listBudgets,
    args: budgetsQuery.shape,
    result: views.budgetsView,
    run: ({ access, args }) => listBudgets(access, args),
  }),
  ledgerVerification: operation({
    ...ADMIN_OPERATIONS.verifyLedger,
    args: {},
    result: ledgerVerificationView,
    run: ({ access }) => verifyBudgetLedger(access),
  }),
  cacheStats: operation({
    ...ADMIN_OPERATIONS.readCacheStats,
    args: cacheStatsQuery.shape,
    result: views.cacheStatsView,
    run: ({ access, args }) => readCache(access, args),
  }),
  matchQuestions: operation({
    ...ADMIN_OPERATIONS.matchQuestions,
    args: cacheMatchBody.shape,
    result: views.cacheMatchView,
    run: ({ args }) => matchQuestions(args),
  }),
  alerts: operation({
    ...ADMIN_OPERATIONS.listAlerts,
    args: alertsQuery.shape,
    result: views.alertsView,
    run: ({ access, args }) => listAlerts(access, args),
  }),
  signingSecret: operation({
    ...ADMIN_OPERATIONS.readSigningSecret,
    args: {},
    result: signingSecretView,
    run: ({ access }) => Promise.resolve(readSigningSecret(access)),
  }),
  members: operation({
    ...ADMIN_OPERATIONS.listMembers,
    args: page,
    result: views.membersView,
    run: ({ access, args }) => listMembers(access, args),
  }),
  tokens: operation({
    ...ADMIN_OPERATIONS.listTokens,
    args: page,
    result: views.tokensView,
    run: ({ access, args }) => listTokens(access, args),
  }),
  audit: operation({
    ...ADMIN_OPERATIONS.listAudit,
    args: auditQuery.shape,
    result: views.auditView,
    run: ({ access, args }) => listAudit(access, args),
  }),
};
