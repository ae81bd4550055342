import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start, takenPort, temporaryDirectory } from './support';

const lastLine = (output: string) => output.trim().split('\n').at(-1);

describe('npm start refuses', () => {
  it('a second start on one data directory, naming the process of the first', async () => {
    const dataDir = join(await temporaryDirectory(), 'data');
    const first = start({ dataDir });
    await first.ready;
    const second = start({ dataDir, through: 'npm' });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `another Rolegate (process ${first.nodePid()}) is using ${dataDir}`,
    );
    expect(await first.stop()).toBe(0);
  });

  it.each(['PORT', 'GATEWAY_PORT'])('a taken %s in one clear line', async (name) => {
    const port = await takenPort();
    const server = start({
      dataDir: join(await temporaryDirectory(), 'data'),
      env: { [name]: String(port) },
    });
    expect(await server.ended).toBe(1);
    expect(lastLine(server.output())).toBe(
      `Rolegate: port ${port} on 127.0.0.1 is taken: stop what uses it, or set ${name} to another port`,
    );
  });

  it('an invalid variable in one line that names it', async () => {
    const server = start({
      dataDir: join(await temporaryDirectory(), 'data'),
      env: { ROLEGATE_CACHE_BYTES: 'plenty' },
    });
    expect(await server.ended).toBe(1);
    expect(lastLine(server.output())).toBe(
      'Rolegate: ROLEGATE_CACHE_BYTES must be a positive whole number of bytes (it is "plenty")',
    );
  });

  it('a database it cannot reach, without a stack', async () => {
    const port = await takenPort();
    const server = start({
      dataDir: join(await temporaryDirectory(), 'data'),
      env: {
        DATABASE_URL: `postgresql://nobody:secret@127.0.0.1:${port + 1 > 65_535 ? 1 : port + 1}/none`,
      },
    });
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(/Rolegate: .*DATABASE_URL/);
    expect(server.output()).not.toContain('secret');
  });
});
