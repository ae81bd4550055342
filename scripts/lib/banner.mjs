/**
 * What a first-time user needs, and nothing else.
 * @param {{consoleUrl: string, gatewayUrl: string, email: string, password?: string, passwordHint: string,
 *   demoKey?: string}} facts `gatewayUrl` ends with /v1; `demoKey` is absent without the demo tenant
 * @returns {string}
 */
export function renderBanner({ consoleUrl, gatewayUrl, email, password, passwordHint, demoKey }) {
  const lines = [
    'Rolegate is ready.',
    '',
    `  Console   ${consoleUrl}`,
    `  Sign in   ${email}  ${password ? `password ${password}` : `(${passwordHint})`}`,
    `  Gateway   ${gatewayUrl}`,
  ];
  if (demoKey) {
    const body = '{"model":"sandbox/small","messages":[{"role":"user","content":"Say hello"}]}';
    lines.push(
      `  Demo key  ${demoKey}`,
      '',
      `  curl -s ${gatewayUrl}/chat/completions -H 'authorization: Bearer ${demoKey}' -H 'content-type: application/json' -d '${body}'`,
    );
  }
  return `\n${lines.join('\n')}\n\n`;
}
