import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCli } from './testing/run-cli';

let cli: TestCli;
beforeEach(() => {
  cli = new TestCli();
});
afterEach(() => cli.close());

const bomb = ['tenant: acme', 'role: bomb', 'a0: &a0 [x, x, x, x, x, x, x, x]'];
for (let level = 1; level < 20; level += 1) {
  bomb.push(
    `a${level}: &a${level} [${Array(9)
      .fill(`*a${level - 1}`)
      .join(', ')}]`,
  );
}

/** File → what is said of it, `line:column: message`. */
const BAD: Record<string, { text: string | Uint8Array; said: RegExp[] }> = {
  'broken.yaml': { text: 'tenant: acme\nrole: a\n  budgetPolicy: {\n', said: [/^2:7: .+\.$/] },
  'broken.json': {
    text: '{\n  "tenant": "acme"\n  "role": "b"\n}',
    said: [/^3:3: Not valid JSON: comma expected\.$/],
  },
  'unknown-key.yaml': {
    text: 'tenant: acme\nrole: c\nbudgetPolicy:\n  enabled: true\n  daily_limit_usd: 5\n',
    said: [/^5:3: There is no field "daily_limit_usd" here\. Did you mean "dailyLimitUSD"\?$/],
  },
  'unknown-section.yaml': {
    text: 'tenant: acme\nrole: d\nbudget: {}\n',
    said: [/^3:1: There is no field "budget" here\..+$/],
  },
  'wrong-type.json': {
    text: '{\n  "tenant": "acme",\n  "role": "e",\n  "cachingPolicy": { "ttlSeconds": "long" }\n}',
    said: [/^4:22: Cache TTL must be a number\.$/],
  },
  'bomb.yaml': {
    text: bomb.join('\n'),
    said: [/^\d+:\d+: Too many aliases: at most 100 are resolved\.$/],
  },
  'deep.yaml': {
    text: `tenant: acme\nrole: f\nx: ${'['.repeat(60_000)}`,
    said: [/^\d+:\d+: .+\.$/],
  },
  'deep.json': { text: '['.repeat(60_000), said: [/^\d+:\d+: .+\.$/] },
  'huge.yaml': {
    text: `# ${'x'.repeat(1024 * 1024)}`,
    said: [/^1:1: The file is larger than 1 MiB\.$/],
  },
  'binary.yaml': {
    text: new Uint8Array([0xff, 0xfe, 0x00, 0xc3]),
    said: [/^1:1: The file is not UTF-8 text\.$/],
  },
  'empty.yaml': {
    text: '',
    said: [/^1:1: A policy file is a map with tenant, role and sections\.$/],
  },
  'list.yaml': {
    text: '- tenant: acme\n',
    said: [/^1:1: A policy file is a map with tenant, role and sections\.$/],
  },
  'no-tenant.yaml': {
    text: 'role: g\n',
    said: [/^1:1: The file does not name its tenant: add "tenant: …"\.$/],
  },
  'path-for-role.yaml': {
    text: 'tenant: acme\nrole: ../x\n',
    said: [/^2:1: role must be a name, .+$/],
  },
  'two-a.yaml': { text: 'tenant: acme\nrole: twice\n', said: [] },
  'two-b.yaml': {
    text: '# the second\ntenant: acme\nrole: twice\n',
    said: [
      /^3:1: The role acme\/twice is described in policies\/two-a\.yaml already: one file for each role\.$/,
    ],
  },
  'several.yaml': {
    text: 'tenant: acme\nrole: i\nroutingPolicy:\n  strategy: fastest\nresiliencePolicy:\n  retryBackoffMs: 5000\n  retryBackoffMax: 10\n',
    said: [
      /^4:3: Strategy must be one of .+$/,
      /^6:3: Backoff base \(5000 ms\) must not be above .+$/,
    ],
  },
};

function writeAll(): void {
  cli.write(
    Object.fromEntries(Object.entries(BAD).map(([name, { text }]) => [`policies/${name}`, text])),
  );
}

describe('a folder of bad files', () => {
  it('is told in one line each, with file, line and column', async () => {
    writeAll();
    const { exit, err, out } = await cli.run('validate');
    expect([exit, out]).toEqual([1, '']);
    const lines = err.trimEnd().split('\n');
    expect(lines.pop()).toMatch(/^\d+ faults in 16 files; nothing was done\.$/);
    for (const [name, { said }] of Object.entries(BAD)) {
      const own = lines
        .filter((line) => line.startsWith(`policies/${name}:`))
        .map((line) => line.slice(`policies/${name}:`.length));
      expect(own.length, name).toBe(said.length);
      said.forEach((pattern, index) => expect(own[index], name).toMatch(pattern));
    }
  });

  it('is told to scripts as JSON', async () => {
    cli.write({ 'policies/a.yaml': 'role: a\n' });
    expect(await cli.json('validate')).toEqual({
      exit: 1,
      body: {
        ok: false,
        faults: [
          {
            file: 'policies/a.yaml',
            line: 1,
            column: 1,
            message: 'The file does not name its tenant: add "tenant: …".',
          },
        ],
      },
    });
  });

  it.each([['plan'], ['diff'], ['apply', '--yes'], ['pull'], ['lint'], ['evaluate']])(
    'keeps %s from asking the server anything, with a good file beside it',
    async (...command) => {
      writeAll();
      cli.write({ 'policies/good.yaml': 'tenant: acme\nrole: good\n' });
      cli.env = { ...cli.env, ROLEGATE_SERVER: 'http://localhost:1', ROLEGATE_TOKEN: 'rga_x' };
      let calls = 0;
      cli.fetch = () => {
        calls += 1;
        return Promise.reject(new Error('asked'));
      };
      const { exit } = await cli.run(...command);
      expect([exit, calls]).toEqual([1, 0]);
    },
  );
});

it('a link to nowhere is a fault of one line too', async () => {
  cli.write({ 'policies/good.yaml': 'tenant: acme\nrole: good\n' });
  symlinkSync('/nowhere/at/all.yaml', join(cli.cwd, 'policies/link.yaml'));
  expect((await cli.run('validate')).err).toMatch(
    /^policies\/link\.yaml:1:1: The file cannot be read\.\n/,
  );
});

describe('bad arguments', () => {
  it.each([
    [['fly'], 'rolegate: There is no command fly. rolegate help lists them.\n'],
    [
      ['validate', '--fast'],
      "rolegate: Unknown option '--fast'. rolegate validate --help lists the options.\n",
    ],
    [['validate', 'nowhere'], 'rolegate: There is no nowhere. Name a folder of policy files.\n'],
    [['keys', 'list'], 'rolegate: Say --tenant.\n'],
    [
      ['plan', '.'],
      'rolegate: No server is known. Run rolegate login --server URL, or set ROLEGATE_SERVER.\n',
    ],
  ])('%s is one line on stderr', async (argv, said) => {
    expect(await cli.run(...argv)).toEqual({ exit: 1, out: '', err: said });
  });
});
