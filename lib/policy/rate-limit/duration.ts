/**
 * A span as OpenAI writes it in `x-ratelimit-reset-*`: `120ms`, `1s`, `6m0s`, `1h0m0s`. Rounded up,
 * so that waiting for it is enough. `0s` for none.
 */
export function formatReset(ms: number): string {
  if (ms <= 0) return '0s';
  if (Math.ceil(ms) < 1000) return `${Math.ceil(ms)}ms`;
  const total = Math.ceil(ms / 1000);
  const [hours, minutes, seconds] = [
    Math.floor(total / 3600),
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
