import type { ChatAnswer } from '../../support/roles';
import { asking, body, user, verdict, warned, type Scenario } from './scenario';

const tool = (name: string) => ({ type: 'function', function: { name, parameters: {} } });
/** How many tools the simulator called. */
const toolCalls = (answer: ChatAnswer) =>
  `${verdict(answer)}, ${body(answer).choices?.[0]?.message.tool_calls?.length ?? 0} calls`;

const weather = { messages: [user('What is the weather?')], tools: [tool('get_weather')] };
const weatherAndTime = {
  messages: [user('What is the weather and the clock?')],
  tools: [tool('get_weather'), tool('get_clock')],
};

export const tools: readonly Scenario[] = [
  {
    path: 'toolPolicies.enabled',
    value: true,
    base: { toolPolicies: { allowToolCalling: false } },
    ask: asking(weather),
    before: '200',
    after: '403 tools_not_allowed',
  },
  {
    path: 'toolPolicies.allowToolCalling',
    value: false,
    base: { toolPolicies: { enabled: true } },
    ask: asking(weather),
    before: '200',
    after: '403 tools_not_allowed',
  },
  {
    path: 'toolPolicies.allowedTools',
    value: ['search_*'],
    base: { toolPolicies: { enabled: true } },
    ask: asking(weather),
    before: '200',
    after: '403 tool_not_allowed',
  },
  {
    path: 'toolPolicies.blockedTools',
    value: ['get_*'],
    base: { toolPolicies: { enabled: true } },
    ask: asking(weather),
    before: '200',
    after: '403 tool_not_allowed',
  },
  {
    path: 'toolPolicies.maxToolsPerRequest',
    value: 1,
    base: { toolPolicies: { enabled: true } },
    ask: asking(weatherAndTime),
    before: '200',
    after: '403 too_many_tools',
  },
  {
    path: 'toolPolicies.maxToolCallsPerResponse',
    value: 1,
    base: { toolPolicies: { enabled: true, onViolation: 'strip' } },
    ask: asking(weatherAndTime, toolCalls),
    before: '200, 2 calls',
    after: '200, 1 calls',
  },
  {
    path: 'toolPolicies.onViolation',
    value: 'strip',
    base: { toolPolicies: { enabled: true, blockedTools: ['get_*'] } },
    ask: asking(weather, warned),
    before: '403 tool_not_allowed',
    after: '200, tools_stripped',
  },
];
