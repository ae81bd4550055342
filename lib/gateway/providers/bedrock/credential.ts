export type BedrockCredential =
  { apiKey: string } | { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

const DEFAULT_REGION = 'us-east-1';

/** `accessKeyId:secretAccessKey[:sessionToken]`, or a Bedrock API key. Null when it is neither. */
export function parseCredential(text: string): BedrockCredential | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const [accessKeyId = '', secretAccessKey, sessionToken] = trimmed.split(':');
  if (secretAccessKey === undefined) return { apiKey: trimmed };
  if (!/^A[A-Z0-9]{15,}$/.test(accessKeyId)) return { apiKey: trimmed };
  if (secretAccessKey === '') return null;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** The AWS region in an endpoint's host name, which requests are signed for. */
export function regionOf(baseUrl: string): string {
  const host = new URL(baseUrl).hostname;
  return /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(host)?.[1] ?? DEFAULT_REGION;
}
