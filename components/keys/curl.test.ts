import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlLine } from './curl';

describe('curlLine', () => {
  it('is read by a shell as the arguments it means, quotes included', () => {
    const line = curlLine('http://localhost:4000/v1', 'rg_abc', "it's/model");
    const printed = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${line}`], {
      encoding: 'utf8',
    });
    expect(printed.trimEnd().split('\n')).toEqual([
      'http://localhost:4000/v1/chat/completions',
      '-H',
      'authorization: Bearer rg_abc',
      '-H',
      'content-type: application/json',
      '-d',
      '{"model":"it\'s/model","messages":[{"role":"user","content":"Say hello."}]}',
    ]);
  });

  it('leaves the model to routing when none is named', () => {
    expect(curlLine('http://x/v1', 'rg_a')).not.toContain('"model"');
  });
});
