import { rolePolicySchema, type RolePolicyInput } from '@/lib/policy/role-policy';
import { createPriceBook } from '@/lib/budget/pricing';
import type {
  LogContent,
  Principal,
  PrincipalLookup,
  PrincipalStore,
  ProviderConnection,
} from '../types';

export const TEST_TENANT_ID = '11111111-1111-4111-8111-111111111111';

/** A connection of which a test need only name what matters to it. */
export type ConnectionInput = Partial<ProviderConnection> & Pick<ProviderConnection, 'kind'>;

export type PrincipalInput = {
  policy?: RolePolicyInput;
  connections?: readonly ConnectionInput[];
  logContent?: LogContent;
  /** Keys that share a role share its limits. */
  roleId?: string;
};

/** Keys and policies in memory; what `PrincipalStore` promises, without a database. */
export class MemoryPrincipals implements PrincipalStore {
  private readonly principals = new Map<string, Principal>();
  private version = 1;
  private fault: unknown = undefined;

  bySecret(secret: string): Promise<PrincipalLookup> {
    if (this.fault !== undefined)
      return Promise.resolve({ kind: 'unavailable', cause: this.fault });
    const principal = this.principals.get(secret);
    return Promise.resolve(principal ? { kind: 'found', principal } : { kind: 'unknown' });
  }

  /** Adds a key and returns its secret. */
  add(input: PrincipalInput = {}): string {
    const number = this.principals.size + 1;
    const secret = `rg_${String(number).padStart(43, 'k')}`;
    const roleId = input.roleId ?? `role-${number}`;
    this.principals.set(secret, {
      tenant: {
        id: TEST_TENANT_ID,
        slug: 'test',
        timezone: 'UTC',
        logContent: input.logContent ?? 'none',
      },
      role: { id: roleId, name: roleId },
      key: { id: `key-${number}`, name: `key ${number}`, expiresAt: null },
      policy: { version: this.version, document: rolePolicySchema.parse(input.policy ?? {}) },
      connections: (input.connections ?? [{ kind: 'sandbox' }]).map(connectionOf),
      prices: createPriceBook(),
    });
    return secret;
  }

  /** What is known of a key. */
  of(secret: string): Principal {
    const principal = this.principals.get(secret);
    if (!principal) throw new Error('There is no such key.');
    return principal;
  }

  /** Replaces what is known of a key, as a change in the console would. */
  update(secret: string, change: Partial<Principal>): void {
    this.principals.set(secret, { ...this.of(secret), ...change });
  }

  /** A new version of the policy of one key. */
  setPolicy(secret: string, policy: RolePolicyInput): void {
    this.version += 1;
    this.update(secret, {
      policy: { version: this.version, document: rolePolicySchema.parse(policy) },
    });
  }

  revoke(secret: string): void {
    this.principals.delete(secret);
  }

  /** From now on nothing can be read. */
  breakDown(cause: unknown): void {
    this.fault = cause;
  }
}

function connectionOf(input: ConnectionInput, index: number): ProviderConnection {
  return {
    id: `connection-${index}`,
    tenantId: TEST_TENANT_ID,
    name: input.kind,
    baseUrl: null,
    credential: input.kind === 'sandbox' ? '' : `test-credential-${index}`,
    models: [],
    enabled: true,
    ...input,
  };
}
