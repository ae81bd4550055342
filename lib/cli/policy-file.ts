import { isJsonObject } from '@/lib/json-object';
import { diffPolicies, SEALED_PATHS } from '@/lib/policy/diff';
import { type RolePolicy, rolePolicySchema } from '@/lib/policy/role-policy';
import { validateRolePolicy } from '@/lib/policy/validate';
import { policyFields, policyJsonSchema, valueAt } from '@/lib/policy/walk';
import { jsonSource } from './source/json-source';
import { pathOf, type Position, type Source, SourceError } from './source/source';
import { yamlSource } from './source/yaml-source';

/** What is wrong with a file, and where. */
export type Fault = { file: string; message: string } & Position;

/** A file that describes the policy of one role. */
export type PolicyFile = {
  /** As the user sees it: relative to where the command runs. */
  file: string;
  tenant: string;
  role: string;
  /** Every default filled in; sealed fields as `secrets` says. */
  policy: RolePolicy;
  /** Sealed fields that the file sets: dotted path → value. Those it leaves out are the server's own. */
  secrets: ReadonlyMap<string, string>;
  source: Source;
};

/** A policy of real size is a few kilobytes. */
export const MAX_FILE_BYTES = 1024 * 1024;

const NAME = /^[^\s/\\][^/\\]{0,199}$/;
const VARIABLE = /^\$\{([A-Za-z_]\w*)\}$/;

export type ReadOptions = {
  /** Where `${NAME}` in a sealed field (a webhook) is looked up; without it a place-holder stands for it. */
  variables?: Readonly<Record<string, string | undefined>>;
};

/** Stands for a webhook whose address is not known here. */
const UNKNOWN_URL = 'https://unknown.invalid/';

/**
 * Reads a policy file: `tenant`, `role`, and the sections of the policy beside them. All faults are told
 * at once, each with line and column.
 */
export function parsePolicyFile(
  file: string,
  text: string,
  { variables }: ReadOptions = {},
): { ok: true; file: PolicyFile } | { ok: false; faults: Fault[] } {
  let source: Source;
  try {
    source = sourceOf(file, text);
  } catch (error) {
    return { ok: false, faults: [{ file, ...asFault(error) }] };
  }
  const at = (path: string, message: string): Fault => ({
    file,
    message,
    ...source.positionOf(pathOf(path, source.value)),
  });
  if (!isJsonObject(source.value)) {
    return {
      ok: false,
      faults: [at('', 'A policy file is a map with tenant, role and sections.')],
    };
  }
  const { $schema: _schema, tenant, role, ...document } = source.value;
  const faults = [nameFault('tenant', tenant), nameFault('role', role)]
    .filter((fault) => fault !== null)
    .map(({ key, message }) => at(key, message));
  const { filled, secrets, unset } = fillSecrets(document, variables);
  const result = validateRolePolicy(filled);
  if (!result.ok) faults.push(...result.issues.map(({ path, message }) => at(path, message)));
  faults.push(...unset.map(({ path, name }) => at(path, `The variable ${name} is not set.`)));
  if (!result.ok || faults.length > 0) return { ok: false, faults: sorted(faults) };
  return {
    ok: true,
    file: {
      file,
      tenant: String(tenant),
      role: String(role),
      policy: result.policy,
      secrets,
      source,
    },
  };
}

/** By the ending of the name: JSON with comments, else YAML. @throws SourceError */
export function sourceOf(file: string, text: string): Source {
  const clean = text.replace(/^\uFEFF/, '');
  return /\.jsonc?$/i.test(file) ? jsonSource(clean) : yamlSource(clean);
}

/** What a parser threw, as a fault; a parser that ran out of stack met a document nested without end. */
export function asFault(error: unknown): { message: string } & Position {
  if (error instanceof SourceError) return { message: error.message, ...error.position };
  if (error instanceof RangeError) return { message: 'Nested too deeply.', line: 1, column: 1 };
  throw error;
}

function nameFault(key: string, value: unknown): { key: string; message: string } | null {
  if (value === undefined)
    return { key, message: `The file does not name its ${key}: add "${key}: …".` };
  if (typeof value === 'string' && NAME.test(value)) return null;
  return { key, message: `${key} must be a name, without slashes, of at most 200 characters.` };
}

function fillSecrets(document: Record<string, unknown>, variables: ReadOptions['variables']) {
  const secrets = new Map<string, string>();
  const unset: { path: string; name: string }[] = [];
  const given = SEALED_PATHS.map((path) => path.split('.')).filter(
    (keys) => typeof valueAt(document, keys) === 'string',
  );
  // Most files leave webhooks to the server, and a copy of a thousand documents takes its time.
  const filled = given.length > 0 ? structuredClone(document) : document;
  for (const keys of given) {
    const path = keys.join('.');
    const value = String(valueAt(document, keys));
    const name = VARIABLE.exec(value)?.[1];
    const meant = name === undefined ? value : variables?.[name] || UNKNOWN_URL;
    if (name !== undefined && variables && !variables[name]) unset.push({ path, name });
    put(filled, keys, meant);
    secrets.set(path, meant);
  }
  return { filled, secrets, unset };
}

/** The policy with every sealed field emptied: what may stand in a lock file, a plan or a diff. */
export function withoutSecrets(policy: RolePolicy): RolePolicy {
  const copy = structuredClone(policy);
  for (const path of SEALED_PATHS) put(copy, path.split('.'), '');
  return copy;
}

/** What the server is to hold: the file's policy, with the server's own secrets where it names none. */
export function desiredPolicy(file: PolicyFile, onServer: RolePolicy | null): RolePolicy {
  const copy = structuredClone(file.policy);
  for (const path of SEALED_PATHS) {
    if (file.secrets.has(path)) continue;
    put(copy, path.split('.'), onServer ? valueAt(onServer, path.split('.')) : '');
  }
  return copy;
}

/** Dotted paths of the sealed fields that a policy sets. */
export function sealedIn(policy: RolePolicy): string[] {
  return SEALED_PATHS.filter((path) => valueAt(policy, path.split('.')) !== '');
}

/**
 * The file's policy as far as it is known without the server's secrets: of those that the file leaves
 * to the server it tells that they are set, not what they are.
 */
export function judgedPolicy(file: PolicyFile, sealedOnServer: readonly string[]): RolePolicy {
  const unknown = sealedOnServer.filter((path) => !file.secrets.has(path));
  if (unknown.length === 0) return file.policy;
  const copy = structuredClone(file.policy);
  for (const path of unknown) put(copy, path.split('.'), UNKNOWN_URL);
  return copy;
}

/** The text of a new file: what differs from the defaults, never a secret. */
export function newFileText(
  tenant: string,
  role: string,
  policy: RolePolicy,
  schema: string,
): string {
  const source = yamlSource('tenant: x\nrole: x\n');
  source.set(['tenant'], tenant);
  source.set(['role'], role);
  for (const [section, fields] of Object.entries(sparse(withoutSecrets(policy)))) {
    source.set([section], fields);
  }
  return `# yaml-language-server: $schema=${schema}\n${source.toString()}`;
}

/** As `newFileText`, in JSON. */
export function newJsonText(
  tenant: string,
  role: string,
  policy: RolePolicy,
  schema: string,
): string {
  const body = { $schema: schema, tenant, role, ...sparse(withoutSecrets(policy)) };
  return `${JSON.stringify(body, null, 2)}\n`;
}

function sparse(policy: RolePolicy): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const changed = new Set(diffPolicies(rolePolicySchema.parse({}), policy).map(({ path }) => path));
  for (const { keys, path } of policyFields()) {
    if (changed.has(path)) put(result, keys, valueAt(policy, keys));
  }
  return result;
}

/** JSON Schema of a policy file, for editors: that of the policy, with the names beside its sections. */
export function policyFileJsonSchema(): Record<string, unknown> {
  const schema = policyJsonSchema() as { properties?: Record<string, unknown> };
  return {
    ...schema,
    title: 'Rolegate policy file',
    description: 'The policy of one role of one tenant, for `npx rolegate`.',
    required: ['tenant', 'role'],
    properties: {
      $schema: { type: 'string' },
      tenant: { type: 'string', minLength: 1, description: "The tenant's slug." },
      role: { type: 'string', minLength: 1, description: "The role's name." },
      ...schema.properties,
    },
  };
}

function put(document: object, keys: readonly string[], value: unknown): void {
  let node = document as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) node = (node[key] ??= {}) as Record<string, unknown>;
  const last = keys.at(-1);
  if (last !== undefined) node[last] = value;
}

const sorted = (faults: Fault[]) => faults.sort((a, b) => a.line - b.line || a.column - b.column);
