import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { USAGE, type Usage } from '@/lib/cli/usage';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('the examples in docs', () => {
  it.each([
    'examples/github-actions.yml',
    'examples/gitlab-ci.yml',
    'examples/policies-as-code.sh',
    'policies-as-code.md',
  ])('%s uses commands and options that there are', (name) => {
    const calls = [...read(name).matchAll(/rolegate(?:\.mjs)? ([a-z]+)((?: (?:--)?[\w"$./-]+)*)/g)];
    const commands = calls.filter(([, command]) => command && command in USAGE);
    expect(commands.length).toBeGreaterThan(3);
    for (const [call, command, rest] of commands) {
      const { options }: Usage = USAGE[command as keyof typeof USAGE];
      for (const [, option] of (rest ?? '').matchAll(/--([a-z-]+)/g)) {
        expect([...Object.keys(options), 'json', 'help'], call).toContain(option);
      }
    }
  });

  it.each(['examples/github-actions.yml', 'examples/gitlab-ci.yml'])('%s is valid YAML', (name) => {
    expect(parseDocument(read(name)).errors).toEqual([]);
  });

  it('the page tells every command', () => {
    const page = read('policies-as-code.md');
    for (const command of Object.keys(USAGE)) expect(page).toContain(`| \`${command} `);
  });
});
