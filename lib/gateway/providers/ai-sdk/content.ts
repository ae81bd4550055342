import type { LanguageModelV3FilePart, LanguageModelV3TextPart } from '@ai-sdk/provider';
import type { ChatMessage, ContentPart } from '@/lib/gateway/types';
import { cannotExpress } from './refuse';

type Part = LanguageModelV3TextPart | LanguageModelV3FilePart;

/** The text of a message, its text (and refusal) parts joined. */
export function textOf(content: ChatMessage['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? [])
    .map((part) => stringOf(part.text) ?? stringOf(part.refusal) ?? '')
    .join('');
}

/**
 * A user's or a tool's content parts: text, images, audio and files. Data URLs become bytes, other URLs
 * are passed on for the provider to fetch; the gateway never fetches what a message points to.
 * `path` names the content in errors (`messages.2.content`).
 */
export function contentParts(content: ChatMessage['content'], path: string): Part[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return (content ?? []).map((part, index) => contentPart(part, `${path}.${index}`));
}

function contentPart(part: ContentPart, path: string): Part {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: stringOf(part.text) ?? '' };
    case 'image_url':
      return imagePart(part.image_url, path);
    case 'input_audio':
      return audioPart(part.input_audio, path);
    case 'file':
      return filePart(part.file, path);
    default:
      throw cannotExpress(path, `content of type ${part.type} cannot be sent to this provider`);
  }
}

function imagePart(image: unknown, path: string): LanguageModelV3FilePart {
  const url = typeof image === 'string' ? image : stringOf(field(image, 'url'));
  if (url === null) throw cannotExpress(path, 'an image needs image_url.url');
  return fromUrl(url, 'image/*', path);
}

function audioPart(audio: unknown, path: string): LanguageModelV3FilePart {
  const data = stringOf(field(audio, 'data'));
  const format = stringOf(field(audio, 'format'));
  if (data === null || format === null) {
    throw cannotExpress(path, 'audio needs input_audio.data and input_audio.format');
  }
  const mediaType = format === 'mp3' ? 'audio/mpeg' : `audio/${format}`;
  return { type: 'file', data: Buffer.from(data, 'base64'), mediaType };
}

function filePart(file: unknown, path: string): LanguageModelV3FilePart {
  const data = stringOf(field(file, 'file_data'));
  if (data === null) {
    throw cannotExpress(
      path,
      'a file needs file.file_data; uploaded file ids belong to one provider',
    );
  }
  const filename = stringOf(field(file, 'filename')) ?? undefined;
  const part = fromUrl(data, 'application/pdf', path);
  // As bytes: the SDK takes a document given as text for its text, not for base64.
  const bytes = typeof part.data === 'string' ? Buffer.from(part.data, 'base64') : part.data;
  return { ...part, data: bytes, ...(filename ? { filename } : {}) };
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
};

function fromUrl(url: string, fallbackType: string, path: string): LanguageModelV3FilePart {
  const inline = /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/is.exec(url);
  if (inline !== null) {
    const [, type = '', parameters = '', data = ''] = inline;
    const isBase64 = /;base64$/i.test(parameters);
    const base64 = isBase64 ? data : Buffer.from(decodeURIComponent(data)).toString('base64');
    return { type: 'file', mediaType: type || fallbackType, data: base64 };
  }
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw cannotExpress(path, 'a URL must be a data: URL or start with https://');
  }
  const parsed = new URL(url);
  const extension = /\.([a-z]+)$/i.exec(parsed.pathname)?.[1]?.toLowerCase() ?? '';
  return { type: 'file', mediaType: EXTENSIONS[extension] ?? fallbackType, data: parsed };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
