import ipaddr from 'ipaddr.js';

/**
 * Judges IP addresses: may a connection that somebody configured go there? Everything that is not a
 * globally routed unicast address is special. IPv6 forms that carry an IPv4 address (mapped,
 * translated, NAT64, 6to4) are judged by the address they carry, because that is where packets go.
 */

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whether `host` is an IP address as `URL.hostname` writes it, brackets of IPv6 included. */
export function isIpLiteral(host: string): boolean {
  return ipaddr.isValid(withoutBrackets(host));
}

/** `[::1]` → `::1`; other hosts stay as they are. */
export function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

/**
 * The kind of special address (`loopback`, `private`, `linkLocal`, …), or null for a public one.
 * What is not an IP address at all is `invalid`.
 */
export function specialKind(address: string): string | null {
  const bare = withoutBrackets(address).replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return 'invalid';
  return specialKindOf(ipaddr.parse(bare));
}

function specialKindOf(address: Address): string | null {
  const carried = carriedIPv4(address);
  if (carried !== null) return specialKindOf(carried);
  const range = address.range();
  if (range !== 'unicast') return range;
  // Global unicast IPv6 is 2000::/3 (RFC 4291, IANA registry); the rest is unassigned or deprecated.
  if (isV6(address) && (address.parts[0] ?? 0) >> 13 !== 1) return 'reserved';
  return null;
}

function isV6(address: Address): address is ipaddr.IPv6 {
  return address.kind() === 'ipv6';
}

function carriedIPv4(address: Address): ipaddr.IPv4 | null {
  if (!isV6(address)) return null;
  switch (address.range()) {
    case 'ipv4Mapped':
    case 'rfc6145':
    case 'rfc6052':
      return new ipaddr.IPv4(address.toByteArray().slice(12));
    case '6to4':
      return new ipaddr.IPv4(address.toByteArray().slice(2, 6));
    default:
      return null;
  }
}

/** The address in one spelling: IPv4-mapped IPv6 as IPv4, brackets and zone removed. Null if it is none. */
export function canonicalAddress(address: string): Address | null {
  const bare = withoutBrackets(address).replace(/%.*$/, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}
