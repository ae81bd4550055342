const TENANT = '/api/tenants/demo';
const ROLE = 'crash';

export type Books = {
  settledUsd: string;
  /** Set aside by leases of processes that are gone. */
  reservedUsd: string;
  /** Between balances, entries and receipts. */
  differences: number;
};

type Budgets = { items: { windows: { settledUsd: string; reservedUsd: string }[] }[] };

/** What the evaluation does through the admin API. */
export class CrashAdmin {
  static readonly TOKEN = 'crash-test-token-0123456789abcdef';

  constructor(private readonly consoleUrl: string) {}

  /** A role of its own. @returns the secret of a key for it */
  async createRole(): Promise<string> {
    await this.call('POST', '/roles', { name: ROLE, description: '', isDefault: false });
    const { secret } = await this.call<{ secret: string }>('POST', '/keys', {
      name: 'crash',
      role: ROLE,
    });
    return secret;
  }

  /** Gives the role a daily limit that blocks. @returns the policy's version */
  async setLimit(limitUsd: string): Promise<number> {
    const path = `/roles/${ROLE}/policy`;
    const { version } = await this.call<{ version: number }>('GET', path);
    const budgetPolicy = { enabled: true, dailyLimitUSD: Number(limitUsd), onExceeded: 'block' };
    const saved = await this.call<{ version: number }>(
      'PUT',
      path,
      { budgetPolicy },
      { 'if-match': `"${version}"` },
    );
    return saved.version;
  }

  async books(): Promise<Books> {
    const verified = await this.call<{ differences: unknown[] }>('POST', '/ledger/verify', {});
    const { items } = await this.call<Budgets>('GET', `/budgets?role=${ROLE}`);
    const [day] = items[0]?.windows ?? [];
    if (!day) throw new Error('The role has no window.');
    const { settledUsd, reservedUsd } = day;
    return { settledUsd, reservedUsd, differences: verified.differences.length };
  }

  private async call<T>(method: string, path: string, body?: object, headers = {}): Promise<T> {
    const answer = await fetch(`${this.consoleUrl}${TENANT}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${CrashAdmin.TOKEN}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
