import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { FAULTS, type Fault } from './testing/faults';
import { renderFaultMatrix } from './testing/render-fault-matrix';
import {
  ATTEMPT_MS,
  type Cell,
  COLUMN_NAMES,
  type Column,
  MAX_RETRIES,
  nominalMs,
  runFaultMatrix,
  THRESHOLD,
} from './testing/run-fault-matrix';

/** What a loaded machine may add to a bound. */
const SLACK_MS = 3000;

let cells: Cell[];
beforeAll(async () => {
  cells = await runFaultMatrix();
});

/** What the contract says of a fault under a policy. */
function expected(fault: Fault, column: Column) {
  const alone = { attempts: 1, answeredBy: fault.inStream ? 'main' : null };
  if (column === 'retry' && fault.retried) return { ...alone, attempts: 1 + MAX_RETRIES };
  if (column === 'fallback' && fault.fallsBack) return { attempts: 2, answeredBy: 'spare' };
  if (column === 'breaker' && fault.counts) return { attempts: 0, answeredBy: null };
  return alone;
}

const isOpen = (fault: Fault, column: Column) => column === 'breaker' && fault.counts;

describe.each(COLUMN_NAMES)('with %s', (column) => {
  describe.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', (_name, fault) => {
    const cell = () => cells.find((each) => each.fault === fault && each.column === column)!;
    const { attempts, answeredBy } = expected(fault, column);

    it('makes as many attempts as the policy allows, and says so', () => {
      const { calls, attempts: header, receipt } = cell();
      expect(header).toBe(String(attempts));
      expect(receipt.attempts).toHaveLength(attempts);
      const earlier = column === 'breaker' ? THRESHOLD : 0;
      const reached = fault.address === undefined;
      const spare = answeredBy === 'spare' ? 1 : 0;
      expect(calls).toEqual({ main: reached ? earlier + attempts - spare : 0, spare });
    });

    it('tells the client what the contract says', () => {
      const { status, code, streamError, provider, retryAfter, receipt } = cell();
      if (isOpen(fault, column)) {
        expect({ status, code }).toEqual({ status: 503, code: 'circuit_open' });
        expect(Number(retryAfter)).toBeGreaterThan(0);
        expect(receipt).toMatchObject({ status: 503, code: 'circuit_open' });
      } else if (answeredBy === 'spare') {
        expect({ status, provider, streamError }).toEqual({
          status: 200,
          provider: 'spare',
          streamError: null,
        });
        expect(receipt).toMatchObject({ status: 200, code: null });
      } else {
        const shown = fault.inStream ? { status: 200, code: streamError } : { status, code };
        const status200 = fault.inStream ? { status: 200 } : {};
        expect(shown).toEqual({ ...fault.told, ...status200 });
        expect(receipt).toMatchObject(fault.told);
        expect(retryAfter).toBe(fault.retryAfter === undefined ? null : String(fault.retryAfter));
      }
    });

    it('records every attempt with its cause, and why the next was or was not made', () => {
      const failed = cell().receipt.attempts.filter((each) => each.provider === 'main');
      expect(failed).toHaveLength(attempts - (answeredBy === 'spare' ? 1 : 0));
      for (const each of failed) {
        expect(each.code).not.toBe('ok');
        if (!fault.inStream) expect(each.next).toMatch(/./);
      }
    });

    it('is over in time', () => {
      const { ms, waits } = cell();
      // The matrix notes its waits instead of sleeping them.
      const passed = ms + waits.reduce((sum, wait) => sum + wait, 0);
      const nominal = nominalMs(cell());
      if (fault.hangs && !isOpen(fault, column)) expect(nominal).toBeGreaterThanOrEqual(ATTEMPT_MS);
      // Timers may fire a millisecond early by another clock.
      expect(passed).toBeGreaterThan(nominal - 10 * Math.max(1, attempts));
      expect(passed).toBeLessThan(nominal + SLACK_MS);
    });

    it('waits before retries as backoff and retry-after say', () => {
      const retries = column === 'retry' ? attempts - 1 : 0;
      const backoff = fault.retryAfter ? [7000, 7000] : [100, 200];
      expect(cell().waits).toEqual(backoff.slice(0, retries));
    });
  });
});

describe('docs/fault-matrix.md', () => {
  it('is what was measured: run `npm run docs` when it is not', async () => {
    const page = await readFile(new URL('../../../docs/fault-matrix.md', import.meta.url), 'utf8');
    expect(page).toBe(renderFaultMatrix(cells));
  });
});
