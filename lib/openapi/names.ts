import type { z } from 'zod';
import * as ledgerViews from '@/lib/admin/ledger-views';
import { evaluateBody } from '@/lib/admin/evaluate';
import { testAlertBody } from '@/lib/admin/alerts';
import { keyInput } from '@/lib/admin/keys';
import { lintBody } from '@/lib/admin/lint';
import { memberInput, memberPatch } from '@/lib/admin/members';
import { passwordBody } from '@/lib/admin/password';
import { restoreBody } from '@/lib/admin/policies';
import { pricesBody } from '@/lib/admin/prices';
import { providerInput, providerPatch } from '@/lib/admin/providers';
import { roleInput, rolePatch } from '@/lib/admin/roles';
import { tenantInput, tenantPatch } from '@/lib/admin/tenants';
import { tokenInput } from '@/lib/admin/tokens';
import * as views from '@/lib/admin/views';
import { POLICY_KINDS, POLICY_SECTIONS, rolePolicySchema } from '@/lib/policy/role-policy';
import * as gateway from './gateway-schemas';
import { graphqlAnswer, graphqlRequest } from './graphql-operation';

/** Names of schemas as generated clients call them. */
export type SchemaNames = ReadonlyMap<z.core.$ZodType, string>;

const capitalised = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const policies = (suffix: '' | 'Input'): [z.ZodType, string][] => [
  [rolePolicySchema, `RolePolicy${suffix}`],
  ...POLICY_KINDS.map((kind): [z.ZodType, string] => [
    POLICY_SECTIONS[kind],
    `${capitalised(kind)}${suffix}`,
  ]),
];

/** `tenantView` → `Tenant`; functions that make views are none. */
const viewNames = Object.entries({ ...views, ...ledgerViews }).flatMap(
  ([name, schema]): [z.ZodType, string][] =>
    typeof schema === 'function' ? [] : [[schema, capitalised(name.replace(/View$/, ''))]],
);

/** Of what is answered. */
export const OUTPUT_NAMES: SchemaNames = new Map([
  ...policies(''),
  ...viewNames,
  [gateway.chatCompletion, 'ChatCompletion'],
  [gateway.modelObject, 'Model'],
  [gateway.modelList, 'ModelList'],
  [gateway.gatewayError, 'GatewayError'],
  [graphqlAnswer, 'GraphqlAnswer'],
]);

/** Of what is sent. */
export const INPUT_NAMES: SchemaNames = new Map<z.ZodType, string>([
  ...policies('Input'),
  [tenantInput, 'TenantInput'],
  [tenantPatch, 'TenantPatch'],
  [roleInput, 'RoleInput'],
  [rolePatch, 'RolePatch'],
  [keyInput, 'KeyInput'],
  [tokenInput, 'TokenInput'],
  [memberInput, 'MemberInput'],
  [memberPatch, 'MemberPatch'],
  [providerInput, 'ProviderInput'],
  [providerPatch, 'ProviderPatch'],
  [pricesBody, 'PricesInput'],
  [evaluateBody, 'EvaluateInput'],
  [lintBody, 'LintInput'],
  [testAlertBody, 'TestAlertInput'],
  [restoreBody, 'RestoreInput'],
  [passwordBody, 'PasswordInput'],
  [graphqlRequest, 'GraphqlRequest'],
  [gateway.chatRequest, 'ChatRequest'],
  [gateway.chatMessage, 'ChatMessage'],
]);
