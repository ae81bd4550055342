import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '@/lib/openai/wire';
import { mapRequestTexts, visitRequestTexts } from './text';

const request: ChatRequest = {
  model: 'x',
  user: 'x',
  messages: [
    { role: 'system', content: 'x', name: 'x' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'x' },
        { type: 'image_url', image_url: { url: 'data:x' } },
        { type: 'file', file: { filename: 'x', file_data: 'x' } },
        { type: 'tool_result', content: [{ type: 'text', text: 'x' }] },
      ],
    },
    {
      role: 'assistant',
      content: null,
      refusal: 'x',
      reasoning_content: 'x',
      tool_calls: [
        {
          id: 'x',
          type: 'function',
          function: { name: 'x', arguments: '{"x": ["x", 10000000000000000001]}' },
        },
      ],
      function_call: { name: 'x', arguments: 'x (not JSON' },
    },
    { role: 'tool', tool_call_id: 'x', content: 'x' },
  ],
  tools: [
    {
      type: 'function',
      function: {
        name: 'x',
        description: 'x',
        parameters: {
          type: 'object',
          properties: { x: { type: 'string', description: 'x', enum: ['x'] } },
        },
      },
    },
    { type: 'custom', custom: { name: 'x', description: 'x' } },
  ],
  functions: [{ name: 'x', description: 'x' }],
  tool_choice: {
    type: 'allowed_tools',
    allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'x' } }] },
  },
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'x', schema: { description: 'x' } },
  },
  stop: 'x',
};

describe('texts of a request', () => {
  it('finds every text a model reads, with its place', () => {
    const paths: string[] = [];
    visitRequestTexts(request, (text, { kind, path }) => paths.push(`${kind} ${path} ${text}`));
    expect(paths).toMatchInlineSnapshot(`
      [
        "content messages[0].content x",
        "name messages[0].name x",
        "content messages[1].content[0].text x",
        "content messages[1].content[2].file.filename x",
        "content messages[1].content[3].content[0].text x",
        "content messages[2].refusal x",
        "content messages[2].reasoning_content x",
        "name messages[2].tool_calls[0].function.name x",
        "arguments messages[2].tool_calls[0].function.arguments x",
        "arguments messages[2].tool_calls[0].function.arguments x",
        "name messages[2].function_call.name x",
        "arguments messages[2].function_call.arguments x (not JSON",
        "content messages[3].content x",
        "name tools[0].name x",
        "definition tools[0].function.description x",
        "definition tools[0].function.parameters.properties.x.description x",
        "name tools[1].name x",
        "definition tools[1].custom.description x",
        "name functions[0].name x",
        "definition functions[0].description x",
        "name tool_choice.allowed_tools.tools[0].name x",
        "definition response_format.json_schema.schema.description x",
      ]
    `);
  });

  it('rewrites every text and nothing else', () => {
    const rewritten = mapRequestTexts(request, (text) => text.replaceAll('x', 'y'));
    expect(rewritten).toMatchInlineSnapshot(`
      {
        "functions": [
          {
            "description": "y",
            "name": "y",
          },
        ],
        "messages": [
          {
            "content": "y",
            "name": "y",
            "role": "system",
          },
          {
            "content": [
              {
                "text": "y",
                "type": "text",
              },
              {
                "image_url": {
                  "url": "data:x",
                },
                "type": "image_url",
              },
              {
                "file": {
                  "file_data": "x",
                  "filename": "y",
                },
                "type": "file",
              },
              {
                "content": [
                  {
                    "text": "y",
                    "type": "text",
                  },
                ],
                "type": "tool_result",
              },
            ],
            "role": "user",
          },
          {
            "content": null,
            "function_call": {
              "arguments": "y (not JSON",
              "name": "y",
            },
            "reasoning_content": "y",
            "refusal": "y",
            "role": "assistant",
            "tool_calls": [
              {
                "function": {
                  "arguments": "{"y": ["y", 10000000000000000001]}",
                  "name": "y",
                },
                "id": "x",
                "type": "function",
              },
            ],
          },
          {
            "content": "y",
            "role": "tool",
            "tool_call_id": "x",
          },
        ],
        "model": "x",
        "response_format": {
          "json_schema": {
            "name": "x",
            "schema": {
              "description": "y",
            },
          },
          "type": "json_schema",
        },
        "stop": "x",
        "tool_choice": {
          "allowed_tools": {
            "mode": "auto",
            "tools": [
              {
                "function": {
                  "name": "y",
                },
                "type": "function",
              },
            ],
          },
          "type": "allowed_tools",
        },
        "tools": [
          {
            "function": {
              "description": "y",
              "name": "y",
              "parameters": {
                "properties": {
                  "x": {
                    "description": "y",
                    "enum": [
                      "x",
                    ],
                    "type": "string",
                  },
                },
                "type": "object",
              },
            },
            "type": "function",
          },
          {
            "custom": {
              "description": "y",
              "name": "y",
            },
            "type": "custom",
          },
        ],
        "user": "x",
      }
    `);
  });

  it('returns the same request when nothing changes, and shares what does not', () => {
    expect(mapRequestTexts(request, (text) => text)).toBe(request);
    const changed = mapRequestTexts(request, (text, { message }) => (message === 3 ? 'y' : text));
    expect(changed.messages[0]).toBe(request.messages[0]);
    expect(changed.tools).toBe(request.tools);
    expect(request.messages[3]?.content).toBe('x');
  });

  it('keeps arguments valid JSON whatever is written into them', () => {
    const call = (json: string): ChatRequest => ({
      messages: [
        {
          role: 'assistant',
          tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: json } }],
        },
      ],
    });
    const read = (changed: ChatRequest) =>
      changed.messages[0]?.tool_calls?.[0]?.function.arguments ?? '';
    const quoted = mapRequestTexts(call('{"a": "＂", "n": 1.50}'), (text) =>
      text.normalize('NFKC'),
    );
    expect(read(quoted)).toBe(String.raw`{"a": "\"", "n": 1.50}`);
    const escaped = mapRequestTexts(call(String.raw`{"a": "s\u200becret"}`), (text) =>
      text.replaceAll('\u200b', ''),
    );
    expect(read(escaped)).toBe('{"a": "secret"}');
  });
});
