import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LockedError, takeLock } from './pid-lock.mjs';
import { processStatus } from './process-alive.mjs';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rolegate lock '));
  file = join(directory, 'data', 'rolegate.pid');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const lockModule = pathToFileURL(join(process.cwd(), 'scripts/lib/pid-lock.mjs')).href;

/** A process that takes the lock and keeps it until it is killed. */
async function holder() {
  const program = `import { takeLock } from ${JSON.stringify(lockModule)};
    await takeLock(${JSON.stringify(file)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  await once(child.stdout, 'data');
  return child;
}

describe('takeLock', () => {
  it('refuses while the holder lives, naming its process', async () => {
    const child = await holder();
    await expect(takeLock(file)).rejects.toThrow(LockedError);
    await expect(takeLock(file)).rejects.toMatchObject({ pid: child.pid });
    child.kill('SIGKILL');
  });

  it('takes over from a holder that was killed', async () => {
    const child = await holder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await takeLock(file);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('takes over when the number was given to another process since', async () => {
    (await takeLock(file)).release();
    await writeFile(file, JSON.stringify({ pid: process.ppid, host: hostname(), startedAt: '1' }));
    expect(processStatus(process.ppid)?.startedAt).not.toBe('1');
    (await takeLock(file)).release();
  });

  it('takes over a file that a crash cut short', async () => {
    (await takeLock(file)).release();
    await writeFile(file, '{"pid":');
    (await takeLock(file)).release();
  });

  it('takes over a silent lock of another host', async () => {
    (await takeLock(file)).release();
    await writeFile(file, JSON.stringify({ pid: 1, host: 'elsewhere', startedAt: '1' }));
    (await takeLock(file)).release();
  });

  it('lets exactly one of many starts take over a stale lock', async () => {
    (await takeLock(file)).release();
    await writeFile(file, JSON.stringify({ pid: 999_999_999, host: hostname(), startedAt: '1' }));
    const program = `import { takeLock } from ${JSON.stringify(lockModule)};
      await takeLock(${JSON.stringify(file)}).then(() => { console.log('mine'); setTimeout(() => {}, 3000); },
        (error) => console.log(error.name));`;
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', program]),
    );
    const words = await Promise.all(
      children.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim()),
    );
    children.forEach((child) => child.kill('SIGKILL'));
    expect(words.sort()).toEqual([...Array<string>(5).fill('LockedError'), 'mine']);
  });

  it('keeps the lock file to its owner', async () => {
    const lock = await takeLock(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    lock.release();
  });
});
