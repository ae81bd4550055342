import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isIpLiteral, specialKind } from './address';
import type { AllowedHosts } from './allowed-hosts';
import { forbiddenHost, wording } from './check-url';
import { ForbiddenTargetError } from './forbidden-target-error';

/** Resolves a name to all its addresses, in the order of preference. */
export type Resolver = (hostname: string) => Promise<LookupAddress[]>;

const systemResolver: Resolver = (hostname) =>
  new Promise((resolve, reject) => {
    dnsLookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

const CONNECT_TIMEOUT_MS = 10_000;
// A connector remembers TLS sessions. One per (port, scheme); the bound is for hostile configurations.
const MAX_CONNECTORS = 256;

/**
 * undici's connector, which opens no socket to an address that is not permitted. The lookup handed to
 * `net.connect` does the judging, so the addresses that were judged are the addresses that are dialled:
 * a DNS answer that changes between check and use changes nothing.
 */
export function guardedConnector(
  allowed: AllowedHosts,
  resolve: Resolver = systemResolver,
): buildConnector.connector {
  const connectors = new Map<string, buildConnector.connector>();

  const connectorFor = (protocol: string, port: number): buildConnector.connector => {
    const key = `${protocol}${port}`;
    const known = connectors.get(key);
    if (known !== undefined) return known;
    if (connectors.size >= MAX_CONNECTORS) connectors.clear();
    const connector = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      autoSelectFamily: true,
      lookup: guardedLookup(allowed, resolve, protocol, port),
    });
    connectors.set(key, connector);
    return connector;
  };

  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'http:' ? 80 : 443);
    const host = options.hostname;
    const refusal = refuseHost(allowed, options.protocol, host, port);
    if (refusal !== null) {
      callback(new ForbiddenTargetError(refusal), null);
      return;
    }
    connectorFor(options.protocol, port)(options, callback);
  };
}

/** Judges what is known before DNS. A name whose addresses may yet turn out to be listed passes. */
function refuseHost(
  allowed: AllowedHosts,
  protocol: string,
  host: string,
  port: number,
): string | null {
  if (allowed.allowsHost(host, port)) return null;
  if (!isIpLiteral(host)) return null;
  const reason = forbiddenHost(host);
  if (reason !== null) return `the address of the provider is refused: it ${reason}`;
  return protocol === 'http:' ? 'plain http is only for hosts on the allowed list' : null;
}

function guardedLookup(
  allowed: AllowedHosts,
  resolve: Resolver,
  protocol: string,
  port: number,
): LookupFunction {
  return (hostname, options, callback) => {
    const judge = (addresses: LookupAddress[]): void => {
      const listed = allowed.allowsHost(hostname, port);
      const refused = listed
        ? null
        : (addresses
            .map(({ address }) => refuseAddress(allowed, protocol, address, port))
            .find((reason) => reason !== null) ?? null);
      if (refused !== null) {
        callback(new ForbiddenTargetError(refused), '', 0);
        return;
      }
      const usable = addresses.filter(({ family }) => !options.family || options.family === family);
      const first = usable[0];
      if (first === undefined) {
        callback(new Error(`no address found for ${hostname}`), '', 0);
      } else if (options.all === true) {
        callback(null, usable);
      } else {
        callback(null, first.address, first.family);
      }
    };
    resolve(hostname).then(judge, (error: NodeJS.ErrnoException) => callback(error, '', 0));
  };
}

function refuseAddress(
  allowed: AllowedHosts,
  protocol: string,
  address: string,
  port: number,
): string | null {
  if (allowed.allowsAddress(address, port)) return null;
  const kind = specialKind(address);
  if (kind !== null)
    return `the host name resolves to a ${wording(kind)} address, which is refused`;
  return protocol === 'http:' ? 'plain http is only for hosts on the allowed list' : null;
}
