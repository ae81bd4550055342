import type { ProviderKind } from '@/lib/gateway/types';

export type KindInfo = {
  label: string;
  /** Two letters that stand for the kind where an icon would; companies’ logos are theirs. */
  monogram?: string;
  description: string;
  /** `none`: the address is fixed and nobody needs another; `optional`: there is a default. */
  baseUrl: { need: 'optional' | 'required'; placeholder: string; hint?: string };
  credential: { need: 'required' | 'optional' | 'none'; label: string; hint?: string };
  /** What the models field says when the catalogue cannot suggest any. */
  modelsHint?: string;
};

const OPTIONAL_URL_HINT = 'Leave empty for the provider’s own address.';

const standard = (
  label: string,
  description: string,
  placeholder: string,
  where: string,
  monogram: string,
): KindInfo => ({
  label,
  monogram,
  description,
  baseUrl: { need: 'optional', placeholder, hint: OPTIONAL_URL_HINT },
  credential: { need: 'required', label: 'API key', hint: `Create one at ${where}.` },
});

/** What the form has to know of each kind of provider. A kind without an entry does not compile. */
export const KINDS: Readonly<Record<ProviderKind, KindInfo>> = {
  openai: standard(
    'OpenAI',
    'GPT and reasoning models',
    'https://api.openai.com/v1',
    'platform.openai.com',
    'OA',
  ),
  anthropic: standard(
    'Anthropic',
    'Claude models',
    'https://api.anthropic.com/v1',
    'console.anthropic.com',
    'An',
  ),
  gemini: standard(
    'Google Gemini',
    'Gemini models through the Gemini API',
    'https://generativelanguage.googleapis.com/v1beta',
    'aistudio.google.com',
    'Ge',
  ),
  'azure-openai': {
    label: 'Azure OpenAI',
    monogram: 'Az',
    description: 'OpenAI models deployed in an Azure resource',
    baseUrl: {
      need: 'required',
      placeholder: 'https://my-resource.openai.azure.com',
      hint: 'The endpoint of your Azure OpenAI resource.',
    },
    credential: { need: 'required', label: 'API key', hint: 'Key 1 or key 2 of the resource.' },
    modelsHint: 'Write the names of your deployments.',
  },
  bedrock: {
    label: 'Amazon Bedrock',
    monogram: 'Be',
    description: 'Claude, Llama, Nova and others in your AWS account',
    baseUrl: {
      need: 'optional',
      placeholder: 'https://bedrock-runtime.us-east-1.amazonaws.com',
      hint: 'The runtime endpoint of the region to call. Empty: us-east-1.',
    },
    credential: {
      need: 'required',
      label: 'Credential',
      hint: 'A Bedrock API key, or accessKeyId:secretAccessKey, with :sessionToken where there is one.',
    },
  },
  mistral: standard(
    'Mistral',
    'Mistral and Codestral models',
    'https://api.mistral.ai/v1',
    'console.mistral.ai',
    'Mi',
  ),
  groq: standard(
    'Groq',
    'Open models on fast hardware',
    'https://api.groq.com/openai/v1',
    'console.groq.com',
    'Gq',
  ),
  deepseek: standard(
    'DeepSeek',
    'DeepSeek chat and reasoning models',
    'https://api.deepseek.com/v1',
    'platform.deepseek.com',
    'Ds',
  ),
  together: standard(
    'Together AI',
    'Open models',
    'https://api.together.xyz/v1',
    'api.together.ai',
    'To',
  ),
  openrouter: standard(
    'OpenRouter',
    'Many providers behind one key',
    'https://openrouter.ai/api/v1',
    'openrouter.ai',
    'Or',
  ),
  cohere: standard(
    'Cohere',
    'Command models',
    'https://api.cohere.com/v2',
    'dashboard.cohere.com',
    'Co',
  ),
  ollama: {
    label: 'Ollama',
    description: 'Models on your own machines',
    baseUrl: {
      need: 'optional',
      placeholder: 'http://127.0.0.1:11434/v1',
      hint: 'A private address has to be listed in ROLEGATE_ALLOWED_HOSTS where Rolegate runs.',
    },
    credential: {
      need: 'optional',
      label: 'API key',
      hint: 'Leave empty unless a proxy in front asks for one.',
    },
    modelsHint: 'Write the names that ollama list shows.',
  },
  'openai-compatible': {
    label: 'OpenAI-compatible',
    description: 'vLLM, LM Studio, LiteLLM or any server that speaks OpenAI’s API',
    baseUrl: {
      need: 'required',
      placeholder: 'https://llm.example.com/v1',
      hint: 'Up to and with /v1. A private address has to be listed in ROLEGATE_ALLOWED_HOSTS.',
    },
    credential: {
      need: 'optional',
      label: 'API key',
      hint: 'Leave empty when the server asks for none.',
    },
    modelsHint: 'Write the model names the server serves.',
  },
  sandbox: {
    label: 'Sandbox',
    description: 'A simulator built into Rolegate: no account, no cost, no real model',
    baseUrl: { need: 'optional', placeholder: '' },
    credential: { need: 'none', label: 'API key' },
  },
};

/** Every kind, in the order in which they are offered. */
export const KIND_LIST = Object.keys(KINDS) as ProviderKind[];

/** Whether the form shows an address field for the kind at all. */
export const asksForBaseUrl = (kind: ProviderKind) => kind !== 'sandbox';
