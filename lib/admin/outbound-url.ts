import 'server-only';
import { env } from '@/lib/env';
import { checkUrl, parseAllowedHosts, type AllowedHosts } from '@/lib/net';

/**
 * Whether the gateway may be told to call a URL, by this server's settings: null when it may, else what
 * is wrong with it and the remedy. Judged again, with DNS, before every call.
 */
export function outboundUrlFault(url: string): string | null {
  const verdict = checkUrl(url, allowedHosts());
  return verdict.ok ? null : sentence(verdict.message);
}

let parsed: { entries: readonly string[]; hosts: AllowedHosts } | undefined;

function allowedHosts(): AllowedHosts {
  const entries = env().ROLEGATE_ALLOWED_HOSTS;
  if (parsed?.entries !== entries) parsed = { entries, hosts: parseAllowedHosts(entries) };
  return parsed.hosts;
}

/** `must use https` → `The URL must use https.` */
function sentence(message: string): string {
  return `The URL ${message}.`;
}
