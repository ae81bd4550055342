type Address = {
  /** The console's own origin, as the browser sees it. */
  consoleOrigin: string;
  gatewayPort: number | 'off';
};

/**
 * Where clients send requests. The gateway plane is plain HTTP on its own port, so behind TLS, or
 * when it is off or on a port chosen by the system, the console's hosted route is the one to name.
 */
export function gatewayAddress({ consoleOrigin, gatewayPort }: Address): string {
  const url = new URL(consoleOrigin);
  if (url.protocol !== 'http:' || gatewayPort === 'off' || gatewayPort === 0) {
    return `${url.origin}/api/v1`;
  }
  return `http://${url.hostname}:${gatewayPort}/v1`;
}
