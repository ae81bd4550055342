import type { RolePolicyInput } from '@/lib/policy/role-policy';
import { chat, type ChatAnswer, type TestRole } from '../../support/roles';

/** One field, changed in the editor, and what callers see of it. */
export type Scenario = {
  path: string;
  value: unknown;
  /** The policy before the change. */
  base: RolePolicyInput;
  /** Calls the gateway and says in short what came back. */
  ask: (key: string, role: TestRole) => Promise<string>;
  before: string;
  after: string;
};

export const user = (content: string) => ({ role: 'user', content });

/** `200`, or `403 model_not_allowed`. */
export const verdict = ({ status, code }: ChatAnswer) =>
  code ? `${status} ${code}` : String(status);

/** Asks the gateway, of the simulator's small model unless told, and says what came back. */
export const asking =
  (request: Record<string, unknown>, say: (answer: ChatAnswer) => string = verdict) =>
  async (key: string) =>
    say(await chat(key, { model: 'sandbox/small', ...request }));

export const saying = (content: string) => asking({ messages: [user(content)] });

/** Statuses of several calls, one after the other. */
export const times = (count: number) => async (key: string) => {
  const statuses: number[] = [];
  for (let call = 0; call < count; call += 1)
    statuses.push((await chat(key, { model: 'sandbox/small', messages: [user('Hello')] })).status);
  return statuses.join(' ');
};

/** What of an answer is looked at. */
type Body = {
  model?: string;
  usage?: { completion_tokens: number };
  choices?: { message: { tool_calls?: unknown[] } }[];
};

export const body = (answer: ChatAnswer) => answer.body as Body;
/** The verdict with the codes of the warnings. */
export const warned = (answer: ChatAnswer) =>
  [verdict(answer), answer.headers.get('x-rolegate-warnings')].filter(Boolean).join(', ');
