import type { PolicyKind } from '@/lib/policy/role-policy';

/** What the tables cannot say: how the fields of a section work together. */
export const SECTION_NOTES: Record<PolicyKind, string> = {
  promptPolicies: `
Order: sanitising, \`maxMessages\`, \`maxPromptChars\`, \`maxPromptTokens\`, \`blockedPatterns\`, injection,
personal data. The first that refuses ends it.

- \`maxPromptChars\` counts Unicode code points of everything the messages say: contents and text parts,
  names, tool call names and arguments, tool results. Tool definitions, images and files are not counted.
- \`blockedPatterns\` are searched in every text of the request that a model reads, tool descriptions
  included, and in contents of several parts also across their borders.
- \`stripInvisible\` keeps the invisible characters that honest text needs: joiners within emoji and
  between letters of scripts that join (Arabic, Persian, the scripts of India), the emoji style selector,
  the tags of the flags of England, Scotland and Wales, one variation selector after an ideograph.
- Injection detection reads every message but those of the system and the developer, their parts and the
  user's last messages also as one text, and tool results under \`scanToolResults\`. Text of the model is
  judged as at \`low\`. What is allowed in \`allowedPhrases\` is taken out before; what stands around it is
  judged. [Injection detection](injection.md) has the error rates of each \`sensitivity\`.
- Personal data is looked for in everything that a model reads, the system's messages and tool descriptions
  included, and in JSON with its strings decoded. Names of functions, ids, images, \`user\` and \`metadata\` pass as
  they are. \`redact\` gives the same value the same placeholder within a request; \`restoreInResponse\` has an effect
  only beside it. \`scanResponses\` holds a stream back by a sentence or two. [Personal data](pii.md) has the error
  rates of each entity.
- Sanitising rewrites strings inside tool call arguments in their decoded form; the arguments stay
  valid JSON.
`,
  toolPolicies: `
- A function goes by its name. Any other tool goes by its type (\`web_search\`, \`custom\`) and by the name it
  was given, if any; one blocked name is enough to forbid it, one allowed name to permit it. The field
  \`web_search_options\` counts as the tool \`web_search\`. Names are compared case-sensitively.
- \`strip\` removes what is not permitted, cuts the list to \`maxToolsPerRequest\` from its end, and mends the
  choice: a removed named tool becomes \`auto\`, an \`allowed_tools\` list is narrowed (\`none\` when nothing is
  left). Without tools left, all tool fields go.
- \`maxToolCallsPerResponse\` bounds each choice of an answer.
- In a stream a call is held until its whole name is known, so that nothing of a forbidden call gets out.
  With \`block\` the stream then ends with an error event \`tool_not_allowed\`; what was sent before stands.
  With \`strip\` the call is left out, later calls are numbered anew, and a choice without calls finishes
  with \`stop\`.
`,
  rateLimitPolicy: `
- Windows slide. In no span of 60 seconds, 60 minutes or 24 hours do more requests or admitted tokens pass
  than the limit. Capacity comes back when a request leaves the window, at most a sixtieth of the
  window late.
- \`burstRequests\` is measured against the steady rate of the shortest request limit: after a rest,
  \`burstRequests\` + 1 requests may come at once, then one for each interval (limit 60 a minute: one a
  second). It has an effect only beside a request limit.
- Tokens are charged by estimate when a request is admitted and corrected when it is done: what was too
  much is given back to the moment of admission, what was too little counts from then on. A request whose
  estimate alone exceeds a limit is refused, and told that it can never pass.
- All limits are taken in one step or none: a refused request consumes nothing. \`retry-after\` is the time
  after which the same request passes if nothing else comes.
- With several replicas the counters live in Redis (\`REDIS_URL\`). While it cannot be reached, requests
  that have a limit are refused with 503 \`unavailable\`: a limit that nobody counts would not hold. Slots of
  \`maxConcurrentRequests\` are leases of 30 seconds that are renewed; those of a replica that died come free.
- All patterns of \`perModel\` that match apply, each with a counter shared by the models it matches. Limits
  of a model are checked once the model is known, and again when a fallback changes it.
`,
  modelRestrictions: `
- \`mode\` puts one of the two lists in force. \`allowedProviders\` counts in both modes.
- \`maxOutputTokens\` bounds a whole request: with \`n\` choices each may have an n-th of it. A request that
  asks for more is clamped and warned; one that asks for nothing gets the limit as
  \`max_completion_tokens\`, without a warning.
- Model restrictions are asked again of whatever routing or a fallback chooses.
`,
  cachingPolicy: `
An entry answers only a request with the same tenant, scope, requested model, system prompt, earlier turns,
tools, response format and sampling parameters; only the last user message is compared by meaning.

- \`similarityThreshold\` is about the share of right answers one wants, whatever the length of the prompt. A
  request that is the same hits at any threshold; at 1 nothing else does. What is alike is held against
  checks of numbers, dates, units, names, code, negation, opposites, quantifiers, question words, tense and
  direction before it is given. [The answer cache](cache.md) has the figures.
- Only English is compared by meaning, and nothing of a request with \`n\` above 1, \`seed\` or \`logprobs\`. A \`temperature\` above 1 bypasses the cache.
- \`ttlSeconds\` and \`maxCacheSize\` hold for what is kept already, from the moment they are saved.
- With \`cacheStreaming\` off a request for a stream bypasses the cache. With it on, a stream is kept whole and
  answers requests of either kind.
- \`excludedModels\` counts for the model that is asked for and for the one that has answered.
- With \`scope\` \`user\` a request without the field \`user\` bypasses the cache.
- \`cache-control: no-cache\` has the answer made anew and kept; \`no-store\` has it neither read nor kept.
`,
  routingPolicy: `
- Weights are percentages and must add up to 100, also while another strategy is chosen.
- \`simpleQueryThreshold\` must not be above \`complexQueryThreshold\`.
- When no candidate is permitted, priced and healthy, the role's \`defaultModel\` answers; without one the
  request is refused with 503.
`,
  resiliencePolicy: `
- \`retryBackoffMs\` must not be above \`retryBackoffMax\`, and every fallback needs a priority of its own.
- Attempts never exceed targets × (1 + \`maxRetries\`).
- 4xx other than 408, 409 and 429 are never retried and never count against a breaker.
- A stream may fall back only before its first token has been sent.
`,
  budgetPolicy: `
- \`alertThreshold\` must not be above \`criticalThreshold\`.
- Alert URLs have to be https and public, or on the list \`ROLEGATE_ALLOWED_HOSTS\`.
- Costs are exact decimals. With \`block\`, spend never passes limit × (1 + buffer): the worst case of a
  request is reserved before the call and settled after it.
`,
};
