import type { AllowedHosts } from './allowed-hosts';
import { isIpLiteral, specialKind } from './address';

export type UrlVerdict = { ok: true; url: URL } | { ok: false; message: string };

// Names that by convention or RFC never mean a public host (RFC 6761, 6762, 8375, ICANN's .internal).
const PRIVATE_SUFFIXES = ['localhost', 'local', 'internal', 'home.arpa', 'localdomain', 'intranet'];

/**
 * Whether the gateway may be told to call this URL, as far as the URL alone shows: provider base URLs
 * and webhooks at save time, and again before every request. DNS is looked at when connecting. The
 * message says what is wrong and what to do, and never repeats a user name or password.
 */
export function checkUrl(input: string, allowed: AllowedHosts): UrlVerdict {
  if (!/^https?:\/\//i.test(input)) return refuse('must be a URL starting with https://');
  if (/[\s\\]/.test(input) || !URL.canParse(input)) return refuse('is not a valid URL');
  const url = new URL(input);
  if (url.username !== '' || url.password !== '') {
    return refuse('must not contain a user name or password; put credentials in their own field');
  }
  const port = portOf(url);
  if (allowed.allowsHost(url.hostname, port)) return { ok: true, url };
  // A name may lie in a listed network: only its address tells, and the connector asks for that.
  if (allowed.hasNetworks && !isIpLiteral(url.hostname)) return { ok: true, url };
  const reason = forbiddenHost(url.hostname);
  if (reason !== null) return refuse(`${reason}${remedy(url)}`);
  if (url.protocol === 'http:') {
    return refuse(`must use https; plain http is only for hosts on the allowed list${remedy(url)}`);
  }
  return { ok: true, url };
}

/** Why a host name or literal address is out of bounds whatever DNS says, or null. */
export function forbiddenHost(hostname: string): string | null {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (isIpLiteral(name)) {
    const kind = specialKind(name);
    return kind === null ? null : `must not point to a ${wording(kind)} address`;
  }
  if (PRIVATE_SUFFIXES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`))) {
    return 'must not point to a local or internal host name';
  }
  return name.includes('.') ? null : 'must be a full host name or a public address';
}

/** Spells `uniqueLocal` as `unique local`. */
export function wording(kind: string): string {
  return kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : 443;
}

function refuse(message: string): UrlVerdict {
  return { ok: false, message };
}

function remedy(url: URL): string {
  return ` (the operator may add ${url.host} to ROLEGATE_ALLOWED_HOSTS)`;
}
