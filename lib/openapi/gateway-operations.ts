import { z } from 'zod';
import { chatCompletion, chatRequest, modelList, modelObject } from './gateway-schemas';
import type { DocumentedRoute } from './types';

/** The gateway's routes on the console's plane; the gateway plane serves them at its own port without `/api`. */
export const GATEWAY_ROUTES: readonly DocumentedRoute[] = [
  {
    path: '/api/v1/chat/completions',
    operations: {
      POST: {
        summary: "Answers a chat request by the policy of the key's role.",
        access: 'gateway key',
        body: chatRequest,
        response: chatCompletion,
      },
    },
  },
  {
    path: '/api/v1/models',
    operations: {
      GET: {
        summary: "The models that the key's role may use.",
        access: 'gateway key',
        response: modelList,
      },
    },
  },
  {
    path: '/api/v1/models/{model}',
    operations: {
      GET: {
        summary: "One model that the key's role may use.",
        access: 'gateway key',
        params: z.object({ model: z.string() }),
        response: modelObject,
      },
    },
  },
];
