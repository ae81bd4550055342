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
    description: 'Who asks, and the tenants they may enter.',
    access: 'actor',
    args: {},
    result: views.meView,
    run: ({ access }) => readMe(access),
  }),
  tenants: operation({
    description: 'The tenants that the caller may enter.',
    access: 'actor',
    args: page,
    result: views.tenantsView,
    run: ({ access, args }) => listTenants(access, args),
  }),
  tenant: operation({
    description: 'One tenant, by id or slug.',
    access: 'viewer',
    args: {},
    result: views.tenantView,
    run: ({ access }) => readTenant(access),
  }),
  roles: operation({
    description: 'Roles, by name.',
    access: 'viewer',
    args: page,
    result: views.rolesView,
    run: ({ access, args }) => listRoles(access, args),
  }),
  role: operation({
    description: 'One role, by id or name.',
    access: 'viewer',
    args: { role },
    result: views.roleView,
    run: ({ access, args }) => readRole(access, args.role),
  }),
  policy: operation({
    description: "A role's policy in force. Viewers see of a webhook only its host.",
    access: 'viewer',
    args: { role },
    result: views.policyView,
    run: ({ access, args }) => readPolicy(access, args.role),
  }),
  revisions: operation({
    description: "A policy's versions, newest first: who, when, from where, and what changed.",
    access: 'viewer',
    args: { role, ...page },
    result: views.revisionsView,
    run: ({ access, args: { role: ref, ...rest } }) => listRevisions(access, ref, rest),
  }),
  revision: operation({
    description: 'One version with its whole document.',
    access: 'viewer',
    args: { role, version: z.int32().min(1) },
    result: views.revisionView,
    run: ({ access, args }) => readRevision(access, args.role, args.version),
  }),
  evaluate: operation({
    description:
      'The receipt the gateway would write for a request, by the saved policy or another, calling no provider, consuming nothing.',
    access: 'viewer',
    args: { role, request: evaluateBody.shape.request, policy: policyArgument.optional() },
    result: views.receiptView,
    run: ({ access, args: { role: ref, ...input } }) => evaluate(access, ref, input),
  }),
  lint: operation({
    description: 'What is worth a second look in a policy, the saved one or another.',
    access: 'viewer',
    args: { role, policy: policyArgument.optional() },
    result: views.lintView,
    run: ({ access, args: { role: ref, ...input } }) => lint(access, ref, input),
  }),
  keys: operation({
    description: 'API keys, newest first; revoked ones too if asked for.',
    access: 'viewer',
    args: { ...keysQuery.shape, revoked: z.boolean().optional() },
    result: views.keysView,
    run: ({ access, args: { revoked, ...rest } }) =>
      listKeys(access, { ...rest, revoked: revoked ? 'true' : 'false' }),
  }),
  key: operation({
    description: 'One API key.',
    access: 'viewer',
    args: { id },
    result: views.keyView,
    run: ({ access, args }) => readKey(access, args.id),
  }),
  providers: operation({
    description: 'Provider connections, by name.',
    access: 'viewer',
    args: page,
    result: views.providersView,
    run: ({ access, args }) => listProviders(access, args),
  }),
  provider: operation({
    description: 'One provider connection, by id or name.',
    access: 'viewer',
    args: { provider: refSchema },
    result: views.providerView,
    run: ({ access, args }) => readProvider(access, args.provider),
  }),
  prices: operation({
    description: "The built-in price list with the tenant's own prices over it.",
    access: 'viewer',
    args: {},
    result: views.pricesView,
    run: ({ access }) => listPrices(access),
  }),
  breakers: operation({
    description: 'The circuit breaker of every provider connection.',
    access: 'viewer',
    args: {},
    result: views.breakersView,
    run: ({ access }) => listBreakers(access),
  }),
  requests: operation({
    description: 'The request log, newest first.',
    access: 'viewer',
    args: requestsQuery.shape,
    result: views.requestsView,
    run: ({ access, args }) => listRequests(access, args),
  }),
  request: operation({
    description: 'One receipt, with what of its content was kept.',
    access: 'viewer',
    args: { id: refSchema },
    result: views.receiptView,
    run: ({ access, args }) => readRequest(access, args.id),
  }),
  usage: operation({
    description: 'Requests, tokens and cost over a time, the last 30 days unless told.',
    access: 'viewer',
    args: usageQuery.shape,
    result: views.usageView,
    run: ({ access, args }) => readUsage(access, args),
  }),
  budgets: operation({
    description: 'What each role may spend and has spent in the day, week and month.',
    access: 'viewer',
    args: budgetsQuery.shape,
    result: views.budgetsView,
    run: ({ access, args }) => listBudgets(access, args),
  }),
  ledgerVerification: operation({
    description: 'All balances computed anew from entries and receipts, with every difference.',
    access: 'viewer',
    args: {},
    result: ledgerVerificationView,
    run: ({ access }) => verifyBudgetLedger(access),
  }),
  cacheStats: operation({
    description: 'What the cache holds and what it saved.',
    access: 'viewer',
    args: cacheStatsQuery.shape,
    result: views.cacheStatsView,
    run: ({ access, args }) => readCache(access, args),
  }),
  matchQuestions: operation({
    description: 'Whether two questions would be given one answer, and what each check says.',
    access: 'viewer',
    args: cacheMatchBody.shape,
    result: views.cacheMatchView,
    run: ({ args }) => matchQuestions(args),
  }),
  alerts: operation({
    description: 'Budget alerts and how their delivery went, newest first.',
    access: 'viewer',
    args: alertsQuery.shape,
    result: views.alertsView,
    run: ({ access, args }) => listAlerts(access, args),
  }),
  signingSecret: operation({
    description: "The secret that the tenant's alert webhooks are signed with.",
    access: 'owner',
    args: {},
    result: signingSecretView,
    run: ({ access }) => Promise.resolve(readSigningSecret(access)),
  }),
  members: operation({
    description: 'Members, in the order they joined.',
    access: 'viewer',
    args: page,
    result: views.membersView,
    run: ({ access, args }) => listMembers(access, args),
  }),
  tokens: operation({
    description: 'Admin tokens, newest first.',
    access: 'owner',
    args: page,
    result: views.tokensView,
    run: ({ access, args }) => listTokens(access, args),
  }),
  audit: operation({
    description: 'Every administrative act, newest first.',
    access: 'viewer',
    args: auditQuery.shape,
    result: views.auditView,
    run: ({ access, args }) => listAudit(access, args),
  }),
};
