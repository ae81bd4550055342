/** What gives an attack away by its form: counted in the text as received and folded. */
export type Structure = {
  templateTokens: number;
  forgedRoles: number;
  chatTurns: number;
  breaks: number;
  imageExfiltration: number;
  hiddenMarkup: number;
  question: number;
  code: number;
  placeholders: number;
  modes: number;
  speakerTags: number;
};

/** Control tokens of chat templates: ChatML, Llama 2 and 3, Mistral, Gemma, Phi, Vicuna, DeepSeek. */
const TEMPLATE =
  /<[|｜] ?(?:im_start|im_end|im_sep|system|user|assistant|end|endoftext|eot_id|eom_id|start_header_id|end_header_id|begin_of_text|end_of_text|begin▁of▁sentence|end▁of▁sentence|channel|start|message|return|tool) ?[|｜]>|\[\/?(?:inst|system_prompt|available_tools|tool_results)\]|<<\/?sys>>|<(?:start|end)_of_turn>/g;
/** A line or a tag that claims to come from somebody else than its author. */
const ROLE_LINE =
  /(?:^|\n)[ \t>*#=-]{0,8}(?:\[|<|\(|\{|"role": ?")?(?:system|developer|admin|administrator|root|sistema|systeme|система|系统|システム|시스템)(?: (?:message|prompt|instruction|instructions|override|update|note|command|notice|alert))?(?:\]|>|\)|\}|")? ?(?::|\n|\]|>)/g;
const ROLE_TAG =
  /<\/?(?:system|sys|instructions?|system[_-]prompt|admin|developer|user[_-]input|context|document|data|prompt|user|untrusted)>/g;
const TURN =
  /(?:^|\n)[ \t>*#-]{0,4}(?:user|human|assistant|ai|bot|chatgpt|gpt|model|q|a|question|answer)\*{0,2} ?:/g;
const BREAK =
  /(?:[-=#*~_"'`]{5,80}|\n{3,20}) {0,3}(?:end|begin|start|stop|new|system|ignore|now|instructions?)\b|(?:end|begin|start) of (?:the )?(?:document|prompt|context|text|data|input|instructions?|system|user|conversation|file|message)/g;
/** An image whose address has room for what was said; a badge in a manual has none. */
const IMAGE =
  /!\[[^\]\n]{0,120}\]\(\s{0,3}https?:\/\/[^)\s?]{1,200}\?[^)\s=]{0,60}=(?:[{<[$]|%7b|(?:the |your |users? |base64|summary|secret|password|conversation|history|prompt|data)[^)\n]{0,80}\))/g;
const HIDDEN =
  /<!--|display ?: ?none|font-size ?: ?0|visibility ?: ?hidden|color ?: ?(?:white|#fff)|opacity ?: ?0[^.]/g;
const QUESTION =
  /^\W{0,3}(?:how|what|why|who|when|where|which|is|are|does|do|did|can (?:you|i|we) (?:explain|help|tell)|could you explain|should|explain|como|que|por que|cual|comment|pourquoi|qu|wie|was|warum|wer|come|cosa|perche|o que|qual|как|что|почему|怎么|为什么|什么|如何|なぜ|どう|어떻게|왜|كيف|لماذا|ما|क्या|कैसे|क्यों|jak|co|dlaczego|nasil|neden)\b/;
/** Where a shared jailbreak says that one's own question goes. */
const PLACEHOLDER =
  /[[{<(«]{1,3} ?(?:insert|enter|put|add|paste|type|write|place)? ?(?:your |the |a |my |any )?(?:first )?(?:prompt|question|request|query|text|topic|instruction|message|task|command|here)(?: (?:goes|text|prompt|question|request|message))?(?: here)? ?[\]}>)»]{1,3}|\[(?:insert|enter|put|add|paste) [^\]\n]{1,60}\]/g;
/** A mode that no assistant has. */
const MODE =
  /\b[a-z0-9]{2,20} ?-?(?:mode|modus|modo|режим)[ "”')]{0,3}(?:enabled|activated|active|on|off|disabled|is|aktiviert|activado|output|response|will|can|does|has|answers)\b|(?:enable|activate|enter|simulate|turn on|switch to|stay in|initiate|engage|start) (?:the )?[a-z0-9]{2,20}[ -]mode\b|\/(?:jailbreak|dan|unrestricted)\b/g;
/** Labels of voices that answer side by side. */
const SPEAKER =
  /[[({*]{1,2}[^\]\n)}*]{0,3}(?:normal|classic|standard|free|raw|safe|jailbreak|dan|unfiltered|uncensored|chatgpt|chat gpt|gpt|evil|good)[^\]\n)}*]{0,6}[\])}*]{1,2}:?|[🔓🔒😈]/gu;
const CODE =
  /```|(?:^|\n) {0,12}(?:def|class|import|from|function|const|let|var|public|private|return|if|for|#include|select|git|npm|pip|docker)\b[ (]|[;{}]\n|=>|\(\)|<\/[a-z]+>/g;

/** @param folded the text folded, which keeps punctuation and line ends. */
export function structureOf(folded: string): Structure {
  return {
    templateTokens: count(folded, TEMPLATE),
    forgedRoles: count(folded, ROLE_LINE) + count(folded, ROLE_TAG),
    chatTurns: count(folded, TURN),
    breaks: count(folded, BREAK),
    imageExfiltration: folded.includes('![') ? count(folded, IMAGE) : 0,
    hiddenMarkup: count(folded, HIDDEN),
    question: isOneQuestion(folded) ? 1 : 0,
    code: count(folded, CODE),
    placeholders: count(folded, PLACEHOLDER),
    modes: count(folded, MODE),
    speakerTags: count(folded, SPEAKER),
  };
}

/** One short sentence that asks for an explanation; an attack appended to a question is a second one. */
function isOneQuestion(folded: string): boolean {
  if (folded.length > 300 || !QUESTION.test(folded)) return false;
  return folded.trim().search(/[.!?？。؟।\n](?=.)/s) < 0;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (found < 40 && pattern.exec(text) !== null) found += 1;
  return found;
}
