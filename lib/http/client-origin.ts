import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** From where a request came: for the audit trail and for throttling. */
export type ClientOrigin = { ip: string | null; userAgent: string | null };

const MAX_USER_AGENT = 512;

/**
 * The client's address and program. Addresses are read from `x-forwarded-for`, to which the server
 * appends the peer it sees: from the right, those of loopback and private networks are taken for
 * proxies of our own and passed over, so that a client cannot choose its address by sending the header.
 */
export function clientOrigin(request: Request): ClientOrigin {
  const forwarded = (request.headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => plainAddress(entry.trim()))
    .filter((address) => address !== null);
  const outside = forwarded.findLast((address) => !isOwnNetwork(address));
  return {
    ip: outside ?? forwarded[0] ?? null,
    userAgent: printable(request.headers.get('user-agent')),
  };
}

/** `[::1]:443` and `::ffff:10.0.0.1` in their plain form; null for what is no address. */
function plainAddress(entry: string): string | null {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  return isIP(bare) ? ipaddr.process(bare).toString() : null;
}

function isOwnNetwork(address: string): boolean {
  return ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(
    ipaddr.parse(address).range(),
  );
}

function printable(text: string | null): string | null {
  const clean = text?.replace(/[^\x20-\x7e]/g, '').slice(0, MAX_USER_AGENT);
  return clean || null;
}
