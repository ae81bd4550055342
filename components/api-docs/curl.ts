import type { ShownOperation } from './operations-by-tag';

/** A command that sends an operation's example; placeholders in braces and variables are the reader's. */
export function curlOf({ method, path, operation }: ShownOperation): string {
  const scheme = Object.keys(operation.security[0] ?? {})[0];
  const credential = scheme === 'gatewayKey' ? '$ROLEGATE_KEY' : '$ROLEGATE_TOKEN';
  const example = operation.requestBody?.content['application/json']?.example;
  const headers = operation.parameters.filter((each) => each.in === 'header' && each.required);
  return [
    `curl -s ${method === 'GET' ? '' : `-X ${method} `}"$ROLEGATE_URL${path}"`,
    ...(scheme ? [`-H "authorization: Bearer ${credential}"`] : []),
    ...headers.map(({ name, example: value }) => `-H ${quoted(`${name}: ${String(value)}`)}`),
    ...(example === undefined
      ? []
      : [`-H 'content-type: application/json'`, `-d ${quoted(JSON.stringify(example))}`]),
  ].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
