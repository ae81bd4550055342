import { once } from 'node:events';
import { type BannerFacts, startServer, type StartOptions } from '@/e2e/support/start-server';

export type CrashRound = {
  round: number;
  killedAfterMs: number;
  answered: number;
  limitUsd: string;
  settledUsd: string;
  /** Set aside by leases of processes that are gone. */
  reservedUsd: string;
  differences: number;
};

const LIMIT_USD = 2;
const CLIENTS = 16;
const TOKEN = 'crash-test-token-0123456789abcdef';
const TENANT = '/api/tenants/demo';
const ROLE = 'crash';

type Answer = { status: number; body: unknown };

/**
 * Kills the whole server with SIGKILL at random moments under load, starts it again on the same data and
 * has the ledger computed anew. `onRound` hears of each round as it ends.
 */
export async function crashRounds(
  rounds: number,
  options: Pick<StartOptions, 'root' | 'dataDir'>,
  onRound: (round: CrashRound) => void,
): Promise<void> {
  const start = () =>
    startServer({
      ...options,
      through: 'node',
      env: { ROLEGATE_ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'error', ROLEGATE_DEMO: '1' },
    });
  let server = start();
  let facts = await server.ready;
  const key = await prepare(facts);
  for (let round = 1; round <= rounds; round += 1) {
    const killedAfterMs = 500 + Math.floor(Math.random() * 4500);
    const load = new Load(facts.gatewayUrl, key);
    await new Promise((resolve) => setTimeout(resolve, killedAfterMs));
    const ended = once(server.process, 'exit');
    process.kill(server.nodePid(), 'SIGKILL');
    await ended;
    const answered = await load.stop();
    server = start();
    facts = await server.ready;
    onRound({ round, killedAfterMs, answered, ...(await verify(facts)) });
  }
  await server.stop('SIGTERM');
}

/** Requests without end, mixed streaming and whole, until the server is gone. */
class Load {
  private stopped = false;
  private answered = 0;
  private readonly clients: Promise<void>[];

  constructor(
    private readonly gatewayUrl: string,
    private readonly key: string,
  ) {
    this.clients = Array.from({ length: CLIENTS }, (_, index) => this.client(index));
  }

  async stop(): Promise<number> {
    this.stopped = true;
    await Promise.all(this.clients);
    return this.answered;
  }

  private async client(index: number): Promise<void> {
    for (let turn = 0; !this.stopped; turn += 1) {
      const body = {
        model: 'sandbox/large',
        stream: (index + turn) % 2 === 0,
        max_tokens: 20,
        messages: [{ role: 'user', content: `[[tokens:20]] ${index} ${turn}` }],
      };
      const answered = await this.ask(body);
      if (answered) this.answered += 1;
    }
  }

  private ask(body: object): Promise<boolean> {
    return fetch(`${this.gatewayUrl.replace(/\/v1$/, '')}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
      .then(async (answer) => (await answer.text(), answer.status === 200))
      .catch(() => {
        // The server has been killed: that is the test.
        this.stopped = true;
        return false;
      });
  }
}

async function call(facts: BannerFacts, method: string, path: string, body?: object, headers = {}) {
  const answer = await fetch(`${facts.consoleUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown } satisfies Answer;
}

/** A role of its own with a budget that blocks, and a key for it. */
async function prepare(facts: BannerFacts): Promise<string> {
  await call(facts, 'POST', `${TENANT}/roles`, { name: ROLE, description: '', isDefault: false });
  const path = `${TENANT}/roles/${ROLE}/policy`;
  const { version } = (await call(facts, 'GET', path)).body as { version: number };
  const saved = await call(
    facts,
    'PUT',
    path,
    { budgetPolicy: { enabled: true, dailyLimitUSD: LIMIT_USD, onExceeded: 'block' } },
    { 'if-match': `"${version}"` },
  );
  if (saved.status !== 200) throw new Error(`no policy: ${JSON.stringify(saved.body)}`);
  const made = await call(facts, 'POST', `${TENANT}/keys`, { name: 'crash', role: ROLE });
  return (made.body as { secret: string }).secret;
}

type Budgets = {
  items: { windows: { limitUsd: string; settledUsd: string; reservedUsd: string }[] }[];
};

async function verify(facts: BannerFacts) {
  // Receipts of the last seconds are not looked at; what was killed lies before that.
  await new Promise((resolve) => setTimeout(resolve, 5_500));
  const verified = await call(facts, 'POST', `${TENANT}/ledger/verify`, {});
  const { differences } = verified.body as { differences: unknown[] };
  const budgets = await call(facts, 'GET', `${TENANT}/budgets?role=${ROLE}`);
  const [day] = (budgets.body as Budgets).items[0]?.windows ?? [];
  if (!day) throw new Error('no window');
  const { limitUsd, settledUsd, reservedUsd } = day;
  return { limitUsd, settledUsd, reservedUsd, differences: differences.length };
}
