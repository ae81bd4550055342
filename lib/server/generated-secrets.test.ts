import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecrets, saveSecrets } from './generated-secrets';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rolegate-secrets-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('generated secrets', () => {
  it('stay the same over starts, in a file of their owner alone', async () => {
    const first = await loadSecrets(dataDir);
    expect(await loadSecrets(dataDir)).toEqual(first);
    expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(first.encryptionKey, 'base64')).toHaveLength(32);
  });

  it('keep what the seed adds', async () => {
    await saveSecrets(dataDir, { ...(await loadSecrets(dataDir)), demoKey: 'rg_x' });
    expect((await loadSecrets(dataDir)).demoKey).toBe('rg_x');
  });

  it('are never replaced when the file is damaged', async () => {
    await loadSecrets(dataDir);
    await writeFile(join(dataDir, 'secrets.json'), '{"nextauthSecret":');
    await expect(loadSecrets(dataDir)).rejects.toThrow(/secrets\.json is damaged/);
    expect(await readFile(join(dataDir, 'secrets.json'), 'utf8')).toBe('{"nextauthSecret":');
  });
});
