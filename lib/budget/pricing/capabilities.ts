/**
 * What the price catalogue does not say. Model families are told by name; a name that is not known has
 * unknown capabilities, never a guess that would keep a request from a model that could answer it.
 */
export type ModelCapabilities = { vision: boolean | null; tools: boolean | null };

const NOT_CHAT =
  /embed|whisper|transcri|tts|moderation|-ocr|realtime|rerank|guard|-image|^imagen|^veo|sonic|-live-|^(ada|babbage|curie|davinci)$|^text-|titan-embed|speech|audio-.*-hours|image-\d/i;

const VISION =
  /gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-4-vision|gpt-4\.5|gpt-[5-9]|\bo[134](-|$)|claude-(3|opus|sonnet|haiku|fable|[4-9])|gemini|gemma-[34]|pixtral|mistral-(small|medium)-3|llama-?4|llama-?3[.-]2-(11|90)b|vision|-vl-|nova-(lite|pro|premier|2)|command-a-vision/i;

const TEXT_ONLY =
  /gpt-3\.5|o1-mini|o3-mini|o1-preview|claude-(2|v1|instant)|gpt-oss|deepseek|mixtral|codestral|devstral|llama-?3[.-](0|1|3)|llama-?3-|nova-micro|command-r|qwen3?-(32b|coder)|kimi-k2/i;

const TOOLS =
  /gpt-(3\.5-turbo|4|5|6|oss)|\bo[134](-|$)|claude-(3|opus|sonnet|haiku|fable|[4-9])|gemini-(1\.5|2|3|flash|pro)|mistral|ministral|pixtral|codestral|devstral|magistral|mixtral|llama-?(3[.-]?[1-9]|4)|deepseek|command-(r|a)|nova-|qwen|kimi|glm/i;

const NO_TOOLS =
  /o1-(mini|preview)|gpt-4-vision|claude-(2|v1|instant)|gpt-3\.5-turbo-instruct|deepseek-r1|chatgpt-4o/i;

/** Whether a model of this name answers chat completions at all. */
export function isChatModel(model: string): boolean {
  return !NOT_CHAT.test(model);
}

/** Vision and tool calling of a model, by its name; null where the name tells nothing. */
export function capabilitiesOf(model: string): ModelCapabilities {
  return {
    vision: TEXT_ONLY.test(model) ? false : VISION.test(model) ? true : null,
    tools: NO_TOOLS.test(model) ? false : TOOLS.test(model) ? true : null,
  };
}

const NO_JSON_SCHEMA =
  /gpt-3\.5|gpt-4(-(?!o)|-?32k|$)|gpt-4o-2024-05-13|chatgpt-4o|o1-(mini|preview)|claude-(2|v1|instant)/i;

/** Whether a model keeps to an asked-for JSON schema, by its name; null where the name tells nothing. */
export function keepsToJsonSchema(model: string): boolean | null {
  return NO_JSON_SCHEMA.test(model) ? false : null;
}
