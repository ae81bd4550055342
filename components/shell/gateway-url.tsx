'use client';

import { createContext, useContext } from 'react';

const GatewayUrlContext = createContext<string | null>(null);

export const GatewayUrlProvider = GatewayUrlContext.Provider;

/** Base URL for OpenAI clients, ending in `/v1`. */
export function useGatewayUrl(): string {
  const value = useContext(GatewayUrlContext);
  if (!value) throw new Error('useGatewayUrl() works only below the console shell.');
  return value;
}
