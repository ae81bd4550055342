import ipaddr from 'ipaddr.js';
import { canonicalAddress, withoutBrackets } from './address';

/** What ROLEGATE_ALLOWED_HOSTS says: places that may be reached although private, and over plain http. */
export type AllowedHosts = {
  /** The name (or literal address) itself is listed, for any port or for this one. */
  allowsHost(host: string, port: number): boolean;
  /** The address lies in a listed CIDR or is listed itself. */
  allowsAddress(address: string, port: number): boolean;
  /** Networks or addresses are listed, so a name cannot be judged before it is resolved. */
  hasNetworks: boolean;
};

type Range = { network: ipaddr.IPv4 | ipaddr.IPv6; bits: number; port: number | null };

/**
 * Reads entries `host`, `host:port`, `address`, `address:port`, `[v6]:port` and CIDR.
 * Throws RangeError that names an entry which is none of them.
 */
export function parseAllowedHosts(entries: readonly string[]): AllowedHosts {
  const names = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of entries) {
    const range = parseRange(entry.trim());
    if (range !== null) ranges.push(range);
    else names.add(parseName(entry));
  }
  const inRange = (text: string, port: number): boolean => {
    const address = canonicalAddress(text);
    if (address === null) return false;
    return ranges.some(
      (range) =>
        (range.port === null || range.port === port) &&
        range.network.kind() === address.kind() &&
        address.match(range.network, range.bits),
    );
  };
  return {
    allowsHost(host, port) {
      const name = host.toLowerCase().replace(/\.$/, '');
      return names.has(name) || names.has(`${name}:${port}`) || inRange(host, port);
    },
    allowsAddress: inRange,
    hasNetworks: ranges.length > 0,
  };
}

function parseRange(entry: string): Range | null {
  if (entry.includes('/')) {
    if (!ipaddr.isValidCIDR(entry)) throw notAnEntry(entry);
    const [network, bits] = ipaddr.parseCIDR(entry);
    return { network, bits, port: null };
  }
  const [, host = entry, portText] = /^(\[.+\]|[^:]+):(\d{1,5})$/.exec(entry) ?? [];
  const bare = withoutBrackets(host);
  if (!ipaddr.isValid(bare) || /^\d+$/.test(bare)) return null;
  const network = ipaddr.process(bare);
  const bits = network.kind() === 'ipv4' ? 32 : 128;
  return { network, bits, port: portText === undefined ? null : Number(portText) };
}

function parseName(entry: string): string {
  const name = entry
    .trim()
    .toLowerCase()
    .replace(/\.(?=$|:)/, '');
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?$/.test(name)) throw notAnEntry(entry);
  return name;
}

function notAnEntry(entry: string): RangeError {
  return new RangeError(`${JSON.stringify(entry)} is not a host, host:port or CIDR`);
}
