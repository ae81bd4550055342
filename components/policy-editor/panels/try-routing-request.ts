/** What the panel lets one choose about the request that is tried. */
export type TriedRequest = {
  prompt: string;
  withTools: boolean;
  withImage: boolean;
  withSchema: boolean;
};

/** One transparent pixel: routing asks whether there is an image, not what it shows. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** The chat-completions request that stands for the choices; it names no model, so routing chooses. */
export function chatRequestOf({ prompt, withTools, withImage, withSchema }: TriedRequest): object {
  const content = withImage
    ? [
        { type: 'text', text: prompt },
        { type: 'image_url', image_url: { url: PIXEL } },
      ]
    : prompt;
  const parameters = { type: 'object', properties: { query: { type: 'string' } } };
  return {
    messages: [{ role: 'user', content }],
    ...(withTools
      ? { tools: [{ type: 'function', function: { name: 'search', parameters } }] }
      : {}),
    ...(withSchema
      ? {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'answer', schema: { type: 'object' } },
          },
        }
      : {}),
  };
}
