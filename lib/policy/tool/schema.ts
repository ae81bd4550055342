import { z } from 'zod';
import { enabledField, field, limitField } from '../field';
import { toolPatternSchema, uniqueList } from '../primitives';

export const TOOL_VIOLATION_ACTIONS = ['block', 'strip'] as const;

/** Which tools a request may offer and a model may call. */
export const toolPolicySchema = z.strictObject({
  enabled: enabledField('tool checks'),
  allowToolCalling: field(z.boolean().default(true), {
    title: 'Allow tool calling',
    description: 'Whether requests may offer tools or functions at all.',
  }),
  allowedTools: field(uniqueList(toolPatternSchema, 500).default([]), {
    title: 'Allowed tools',
    description: 'Only these tools; * is a wildcard. Empty means all.',
    control: 'tools',
  }),
  blockedTools: field(uniqueList(toolPatternSchema, 500).default([]), {
    title: 'Blocked tools',
    description: 'Never these tools, even when also allowed; * is a wildcard.',
    control: 'tools',
  }),
  maxToolsPerRequest: limitField(10_000, {
    title: 'Most tools in a request',
    description: 'How many tools one request may offer. 0 means unlimited.',
    unit: 'tools',
  }),
  maxToolCallsPerResponse: limitField(10_000, {
    title: 'Most tool calls in an answer',
    description: 'How many tool calls one answer may make. 0 means unlimited.',
    unit: 'calls',
  }),
  onViolation: field(z.enum(TOOL_VIOLATION_ACTIONS).default('block'), {
    title: 'On violation',
    description: 'Block refuses the request; strip removes what is not permitted and warns.',
  }),
});
export type ToolPolicy = z.infer<typeof toolPolicySchema>;
