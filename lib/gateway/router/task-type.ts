import type { ChatRequest } from '@/lib/openai/wire';
import type { TaskType } from '@/lib/policy/routing/schema';
import { hasImage, lastUserText } from './complexity';

type TextTask = Exclude<TaskType, 'vision' | 'general'>;
/** Points per pattern; a pattern counts once, however often it occurs. */
type Clue = [points: number, pattern: RegExp];

const LANGUAGES =
  'python|javascript|typescript|java|c\\+\\+|c#|rust|golang|ruby|php|kotlin|scala|perl|haskell|bash|powershell|sql|html|css|regex|react|node(?:\\.?js)?|matlab|lua';
const TONGUES =
  'english|spanish|french|german|italian|portuguese|dutch|russian|chinese|mandarin|japanese|korean|arabic|hindi|turkish|polish|ukrainian|swedish|norwegian|danish|finnish|greek|hebrew|vietnamese|thai|indonesian|latin|czech|romanian|hungarian';

/** What a request has to reach before it counts as anything but general. */
const ENOUGH = 2;

const CLUES: Record<TextTask, Clue[]> = {
  code: [
    [3, /```/],
    [
      2,
      new RegExp(`\\b(?:in|using|with|a|an|the|of|this|my|write|fix)\\s+(?:${LANGUAGES})\\b`, 'i'),
    ],
    [
      2,
      /\b(?:a|the|this|your) (?:function|script|api|endpoint|unit tests?|sql query|regex|dockerfile|shader|compiler)\b.{0,80}\b(?:that|which|to|returns?|takes|accepts|for|called|named)\b/i,
    ],
    [
      2,
      /\b(?:write|implement|create|refactor|debug|fix|optimi[sz]e|review|port|complete)\b.{0,60}\b(?:code|function|method|class|script|program|algorithm|query|component|api|parser|test|module|library|app)\b/i,
    ],
    [
      2,
      /\b(?:def|public|private|static|const|let|var|import|#include|struct|return|void|async)\s+[\w<{(*]/,
    ],
    [
      2,
      /\b(?:stack ?trace|segfault|null ?pointer|traceback|syntax error|typeerror|exception|compile[sd]?|recursion|pointer|malloc|struct|linked list|binary search tree|boolean|hashmap|array of|json|csv file)\b/i,
    ],
    [2, /(?:\w+\(\w*\)\s*[;{]|=>|;\s*$|<\/\w+>|\b\w+\.\w+\(|\b[a-z]+_[a-z_]+\()/m],
    [1, new RegExp(`\\b(?:${LANGUAGES})\\b`, 'i')],
    [1, /\b(?:code|programming|software|algorithm|bug|repository|commit|deploy|database)\b/i],
  ],
  math: [
    [3, /\\(?:frac|sqrt|sum|int|begin\{|cdot)|[∑∫∂√≤≥]/],
    [
      2,
      /\b(?:solve|evaluate|simplify|factor(?:ise|ize)?|differentiate|integrate|compute|calculate|find)\b.{0,60}(?:\d|\b[xyznf]\b|equation|expression|value|number|area|volume|sum|product|total|derivative|integral|probability|root)/i,
    ],
    [
      2,
      /\d[\s\S]*\bhow (?:much|many|long|far|old|fast|often)\b[^.]*\?|\bhow (?:much|many)\b[^.?]*\d[^.]*\?/i,
    ],
    [
      2,
      /\b(?:equation|polynomial|matrix|eigenvalue|theorem|lemma|integers?|prime|derivative|integral|vector space|ratio|miles|gallons|triangle|perimeter|circumference|radius|probability|permutation|homomorphism|abelian|subgroup|ring|finite field|coefficient|quotient|remainder|fraction|decimal|percent(?:age)?|average|median)\b/i,
    ],
    [2, /\d\s*[+×÷*/^=<>]\s*\d|\b[xyz]\s*[=+^<>]|\b[xyz]\^?\d|\bf\s*\(\s*x\s*\)|[A-Z]_?\d+\s?[⊃=]/],
    [2, /\d[^.?!]*[.?!][^.?!]*\d[^.?!]*[.?!]?[^?]*\b(?:how|what|find|calculate)\b[^?]*\?/is],
    [
      1,
      /(?:\d[^a-z]*){1}(?:.*\b(?:each|per|twice|half|times|total|altogether|remaining|left|more than|less than|dozen|\$)\b)/is,
    ],
    [1, /\b(?:what is|which expression|which number|which of these numbers|estimate)\b.{0,60}\d/i],
  ],
  translation: [
    [4, new RegExp(`\\btranslat\\w*\\b|\\b(?:into|to|in)\\s+(?:${TONGUES})\\s*[:.?]?\\s*$`, 'im')],
    [
      3,
      new RegExp(
        `\\bhow (?:do|would|can) (?:you|i|one) say\\b|\\b(?:into|from)\\s+(?:${TONGUES})\\b`,
        'i',
      ),
    ],
    [
      3,
      /(?<!\p{L})(?:traduis|traduire|traduce|traducir|übersetze|traduci|traduza)|翻译|翻訳|переведи/iu,
    ],
  ],
  summarization: [
    [
      4,
      /\b(?:summari[sz]e|summary|tl;?dr|key (?:points|takeaways)|in (?:one|two|three|a few) sentences|condense|abridge|recap|executive summary|gist of)\b/i,
    ],
    [4, /(?<!\p{L})(?:résume|resume este|zusammenfass|fasse|resumen|riassumi)|总结|要約/iu],
  ],
  extraction: [
    [
      4,
      /\b(?:extract|pull out|identify all|list all|parse|classify|categori[sz]e|label|tag)\b.{0,80}\b(?:from|in|into|the following|below|as|entities|names|dates|fields|sentiment)\b/i,
    ],
    [
      3,
      /\b(?:named entit|key-value|structured (?:data|json)|as json|fill in the (?:form|fields)|sentiment)\b/i,
    ],
  ],
  creative: [
    [
      4,
      /\b(?:poem|haiku|sonnet|limerick|lyrics|short story|fairy tale|screenplay|novel|fan ?fiction|rap|slogan|tagline|joke|blog post|travel blog|speech|toast|cover letter)\b/i,
    ],
    [
      3,
      /\b(?:write|compose|craft|create|tell|draft)\b.{0,40}\b(?:story|song|poem|dialogue|scene|essay|post|letter|email|article|character|plot)\b/i,
    ],
    [
      4,
      /\b(?:pretend|role-?play|act as|(?:imagine|suppose|picture) (?:you|yourself|that you)|embody|now you are|in the voice of|take on the (?:role|persona)|embrace the role|you are now|please assume the role)\b/i,
    ],
  ],
  reasoning: [
    [
      3,
      /\b(?:logic(?:al)? puzzle|riddle|deduce|syllogism|premises?|valid argument|who is (?:lying|telling the truth)|overtak\w+|brain ?teaser|counterfactual)\b/i,
    ],
    [
      3,
      /\b(?:step by step|think carefully|reason through|explain your reasoning|pros and cons|trade-?offs|weigh\b.*\bagainst|compare and contrast)\b/i,
    ],
    [
      3,
      /\b(?:is|are) (?:the |a )?(?:father|mother|brother|sister|son|daughter|cousin|uncle|aunt) of\b[^?]*\?|\bis (?:taller|shorter|faster|slower|heavier) than\b[^?]*\b(?:who|which)\b/i,
    ],
    [2, /\bif\b.{5,120}\b(?:then|must|can we conclude|does it follow|which (?:of|one)|who)\b/i],
    [2, /\b(?:analy[sz]e|evaluate|assess|critique|argue|justify)\b/i],
  ],
};

/** Ties go to the earlier: a request to translate a summary of code is a translation. */
const ORDER: TextTask[] = [
  'translation',
  'summarization',
  'code',
  'extraction',
  'creative',
  'math',
  'reasoning',
];
const WINDOW = 4000;

/** An exam question with lettered answers asks for knowledge or calculation, whatever its wording. */
const MULTIPLE_CHOICE = /^\(?A[.)] .+\n\(?B[.)] /m;
const OF_EXAMS: ReadonlySet<TextTask> = new Set(['code', 'math']);

/**
 * The type of task a request is about. An image makes it `vision`; otherwise the wording of the last
 * user message decides by clues, and what shows too few of them is `general`.
 */
export function classifyTask(request: ChatRequest): TaskType {
  if (request.messages.some(hasImage)) return 'vision';
  const text = lastUserText(request.messages);
  const window =
    text.length <= WINDOW ? text : `${text.slice(0, WINDOW / 2)}\n${text.slice(-WINDOW / 2)}`;
  let best: TaskType = 'general';
  let points = ENOUGH - 1;
  const isExam = MULTIPLE_CHOICE.test(window);
  for (const task of ORDER) {
    if (isExam && !OF_EXAMS.has(task)) continue;
    const own = CLUES[task].reduce(
      (sum, [worth, pattern]) => sum + (pattern.test(window) ? worth : 0),
      0,
    );
    if (own > points) {
      best = task;
      points = own;
    }
  }
  return best;
}
