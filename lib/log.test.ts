import { describe, expect, it } from 'vitest';
import { createLog, redactText } from './log';

function captured(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

describe('log', () => {
  it('removes keys, passwords and prompts wherever they sit in the object', () => {
    const text = captured((log) =>
      log.info(
        {
          password: 'hunter2',
          connection: { apiKey: 'hunter2' },
          request: { headers: { authorization: 'hunter2' }, body: { messages: ['hunter2'] } },
        },
        'signed in',
      ),
    );
    expect(text).toContain('signed in');
    expect(text).not.toContain('hunter2');
  });

  it('removes credentials from the text of errors', () => {
    const text = captured((log) =>
      log.error(
        { err: new Error('cannot reach postgresql://u:hunter2@db/x with Bearer abcdefghijkl') },
        'x',
      ),
    );
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('abcdefghijkl');
  });

  it('leaves ordinary text alone', () => {
    expect(redactText('GET https://example.com/a:b@c 200')).toBe(
      'GET https://example.com/a:b@c 200',
    );
  });
});
