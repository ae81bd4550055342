import { describe, expect, it } from 'vitest';
import { Scope } from './scope';

function recorded() {
  const log: string[] = [];
  const scope = new Scope((name) => void log.push(`fault in ${name}`));
  return { log, scope, opens: (name: string) => scope.defer(name, () => void log.push(name)) };
}

describe('a scope', () => {
  it('closes what was opened in reverse order, once', async () => {
    const { log, scope, opens } = recorded();
    ['record', 'slot', 'budget'].forEach(opens);
    await Promise.all([scope.close(), scope.close()]);
    await scope.close();
    expect(log).toEqual(['budget', 'slot', 'record']);
  });

  it('waits for each closer before the next', async () => {
    const { log, scope, opens } = recorded();
    opens('first opened');
    scope.defer('slow', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      log.push('slow');
    });
    await scope.close();
    expect(log).toEqual(['slow', 'first opened']);
  });

  it('goes on when a closer breaks, and tells of it', async () => {
    const { log, scope, opens } = recorded();
    opens('record');
    scope.defer('slot', () => {
      throw new Error('the store is gone');
    });
    scope.defer('budget', () => Promise.reject(new Error('the store is gone')));
    await scope.close();
    expect(log).toEqual(['fault in budget', 'fault in slot', 'record']);
  });

  it('closes at once what is opened too late', async () => {
    const { log, scope, opens } = recorded();
    await scope.close();
    opens('late');
    await scope.close();
    expect(log).toEqual(['late']);
  });
});
