import { afterEach, describe, expect, it } from 'vitest';
import { routedGateway, type RoutedGateway } from '../testing/routed-gateway';
import { sendCompletion, sendStream } from '../testing/test-upstream';
import { VirtualTime } from '../testing/virtual-time';

let gateway: RoutedGateway;
let time: VirtualTime;
afterEach(() => gateway.close());

/** Milliseconds each upstream takes before it says anything. */
const delays = { fast: 20, middle: 60, slow: 200 };

async function open(): Promise<void> {
  Object.assign(delays, { fast: 20, middle: 60, slow: 200 });
  time = new VirtualTime();
  gateway = await routedGateway({
    latencyClock: time,
    policy: { routingPolicy: { enabled: true, strategy: 'latency' } },
    connections: { fast: {}, middle: {}, slow: {} },
  });
  for (const name of ['fast', 'middle', 'slow'] as const) {
    gateway.upstreams[name]!.answer(async ({ request, response }) => {
      await time.delay(delays[name]);
      if (request.stream === true) sendStream(response, ['Hello', ' there']);
      else sendCompletion(response);
    });
  }
}

/** Sends requests four at a time; who answered, in order. */
async function ask(count: number, stream: boolean): Promise<string[]> {
  const seen: string[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      seen.push(
        await time.request(async () => {
          const answer = await gateway.chat({ model: 'auto', stream });
          await answer.arrayBuffer();
          return answer.headers.get('x-rolegate-provider') ?? String(answer.status);
        }),
      );
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return seen;
}

const share = (seen: string[], name: string) =>
  seen.filter((each) => each === name).length / seen.length;

describe.each([
  ['whole answers', false],
  ['streams', true],
])('latency routing of %s over upstreams of 20, 60 and 200 ms', (_title, stream) => {
  it('gives the fastest 80 %, moves away within 20 requests when it slows, and comes back', async () => {
    await open();
    expect(share(await ask(200, stream), 'fast')).toBeGreaterThanOrEqual(0.8);

    delays.fast = 500;
    await ask(20, stream);
    const moved = await ask(40, stream);
    expect(share(moved, 'middle')).toBeGreaterThanOrEqual(0.8);

    delays.fast = 20;
    await ask(150, stream);
    expect(share(await ask(100, stream), 'fast')).toBeGreaterThanOrEqual(0.8);
  });
});
