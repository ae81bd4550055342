import { addMoney, toMoneyString } from '@/lib/money';

const CLIENTS = 16;

/** What clients saw before the server was gone. */
export type LoadResult = {
  answered: number;
  refused: number;
  /** What whole answers said they cost, together: as much at least must be in the ledger. */
  toldUsd: string;
};

/** Requests without end, streamed and whole in turn, until the server is gone. */
export class CrashLoad {
  private stopped = false;
  private readonly result: LoadResult = { answered: 0, refused: 0, toldUsd: '0' };
  private readonly clients: Promise<void>[];

  /** @param gatewayUrl with `/v1` */
  constructor(
    private readonly gatewayUrl: string,
    private readonly key: string,
  ) {
    this.clients = Array.from({ length: CLIENTS }, (_, index) => this.client(index));
  }

  /** Waits for the last clients to notice. */
  async stop(): Promise<LoadResult> {
    this.stopped = true;
    await Promise.all(this.clients);
    return this.result;
  }

  private async client(index: number): Promise<void> {
    for (let turn = 0; !this.stopped; turn += 1) {
      const body = {
        model: 'sandbox/large',
        stream: (index + turn) % 2 === 0,
        max_tokens: 20,
        messages: [{ role: 'user', content: `[[tokens:20]] ${index} ${turn}` }],
      };
      await this.ask(body).catch(() => {
        // The server has been killed: that is the test.
        this.stopped = true;
      });
    }
  }

  private async ask(body: object): Promise<void> {
    const answer = await fetch(`${this.gatewayUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await answer.text();
    if (answer.status === 429) this.result.refused += 1;
    if (answer.status !== 200) return;
    this.result.answered += 1;
    const told = answer.headers.get('x-rolegate-cost-usd') ?? '0';
    this.result.toldUsd = toMoneyString(addMoney(this.result.toldUsd, told));
  }
}
