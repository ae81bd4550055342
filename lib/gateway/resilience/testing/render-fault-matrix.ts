import {
  ATTEMPT_MS,
  type Cell,
  COLUMN_NAMES,
  DEADLINE_MS,
  MAX_RETRIES,
  nominalMs,
  THRESHOLD,
} from './run-fault-matrix';

/** `docs/fault-matrix.md`, from what was measured; of the times, what does not differ from run to run. */
export function renderFaultMatrix(cells: readonly Cell[]): string {
  const names = [...new Set(cells.map((cell) => cell.fault.name))];
  const rows = names.map((name) => {
    const own = cells.filter((cell) => cell.fault.name === name);
    const texts = COLUMN_NAMES.map((column) =>
      outcome(own.find((cell) => cell.column === column)!),
    );
    return `| ${name} | ${recorded(own)} | ${texts.join(' | ')} |`;
  });
  return `# Fault matrix

Written by \`npm run docs\` from a run against real upstreams on the loopback interface; a test fails while it
is not current. What the columns set, besides \`enabled\`:

| column | resiliencePolicy |
|---|---|
| no policy | the section is off: one attempt, bounded by the deadline of the request (${DEADLINE_MS} ms here) |
| retry | \`maxRetries\` ${MAX_RETRIES}, \`retryBackoffMs\` 100, no jitter, \`requestTimeoutMs\` ${ATTEMPT_MS} |
| fallback | \`fallbackChain\` of one other provider, \`spare\`, which is well; \`requestTimeoutMs\` ${ATTEMPT_MS} |
| breaker | \`circuitBreakerThreshold\` ${THRESHOLD}; shown is the request after ${THRESHOLD} failed ones |

A cell says how many upstream attempts the request made, how long it waited before each retry, and what the
client was told: status and \`code\`, or who answered. "200, then" means that the first token had been sent, so
the error is the last event of the stream. Under *recorded* stands the upstream's status and the code that the
receipt gives the failed attempt. The number of attempts is what \`x-rolegate-attempts\` says and what the receipt
lists, each with its cause and why the next was or was not made. The time is what time limits and waits come to;
everything else takes as long as the provider does. Every attempt takes at most \`requestTimeoutMs\`; all attempts
and waits together at most \`ROLEGATE_REQUEST_DEADLINE_MS\`.

| fault | recorded | ${COLUMN_NAMES.join(' | ')} |
|---|---|${COLUMN_NAMES.map(() => '---').join('|')}|
${rows.join('\n')}
`;
}

/** Of the attempt as the retry column has it: there its own time limit applies, not the deadline. */
function recorded(cells: readonly Cell[]): string {
  const attempt = cells.find((cell) => cell.column === 'retry')?.receipt.attempts[0];
  return attempt ? `${attempt.status ?? 'none'}, \`${attempt.code}\`` : '';
}

function outcome(cell: Cell): string {
  const attempts = Number(cell.attempts ?? cell.receipt.attempts.length);
  const count = `${attempts} attempt${attempts === 1 ? '' : 's'}`;
  const waited = cell.waits.length > 0 ? `, waits ${cell.waits.join(' and ')} ms` : '';
  const time = nominalMs(cell);
  return `${count}${waited}: ${told(cell)}${time > 0 ? `, ${time} ms` : ''}`;
}

function told({ status, code, streamError, provider, retryAfter }: Cell): string {
  const again = retryAfter === null ? '' : `, retry-after ${retryAfter}`;
  if (status !== 200) return `${status} \`${code}\`${again}`;
  return streamError === null ? `200 from ${provider}` : `200, then \`${streamError}\``;
}
