/** Quotes for a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A first request as a shell line that works as it stands. */
export function curlLine(gatewayUrl: string, secret: string, model?: string): string {
  const body = JSON.stringify({
    ...(model ? { model } : {}),
    messages: [{ role: 'user', content: 'Say hello.' }],
  });
  return [
    `curl ${quote(`${gatewayUrl}/chat/completions`)}`,
    `-H ${quote(`authorization: Bearer ${secret}`)}`,
    `-H ${quote('content-type: application/json')}`,
    `-d ${quote(body)}`,
  ].join(' \\\n  ');
}
