import type { Call } from './call';
import type { GatewayDeps } from './deps';
import { receiptOf } from './receipt';

/** The last thing to happen to a request: its receipt is queued and its numbers are counted. */
export function record(call: Call, deps: GatewayDeps): void {
  const { trail } = call;
  const receipt = receiptOf(call);
  if (receipt) deps.receipts.write(receipt);
  const latencyMs = performance.now() - call.startedMs;
  deps.observer.finished({
    status: trail.status,
    code: trail.code,
    stream: trail.stream,
    kind: trail.target?.kind ?? null,
    cache: trail.cache.status,
    attempts: trail.attempts.length,
    tokens: {
      input: trail.usage?.inputTokens ?? 0,
      output: trail.usage?.outputTokens ?? 0,
    },
    latencyMs,
  });
  deps.log.info(
    {
      requestId: call.id,
      tenant: trail.principal?.tenant.slug,
      role: trail.principal?.role.name,
      status: trail.status,
      code: trail.code ?? undefined,
      provider: trail.target?.provider,
      model: trail.target?.model,
      attempts: trail.attempts.length,
      ms: Math.round(latencyMs),
    },
    'request',
  );
}
