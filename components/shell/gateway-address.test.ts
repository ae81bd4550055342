import { describe, expect, it } from 'vitest';
import { gatewayAddress } from './gateway-address';

describe('gatewayAddress', () => {
  it('names the gateway plane on the host the console is seen under', () => {
    expect(gatewayAddress({ consoleOrigin: 'http://box.lan:3000', gatewayPort: 4000 })).toBe(
      'http://box.lan:4000/v1',
    );
    expect(gatewayAddress({ consoleOrigin: 'http://[::1]:3000', gatewayPort: 4000 })).toBe(
      'http://[::1]:4000/v1',
    );
  });

  it('names the hosted route behind TLS and when the plane is off', () => {
    expect(gatewayAddress({ consoleOrigin: 'https://gw.test', gatewayPort: 4000 })).toBe(
      'https://gw.test/api/v1',
    );
    expect(gatewayAddress({ consoleOrigin: 'http://localhost:3000', gatewayPort: 'off' })).toBe(
      'http://localhost:3000/api/v1',
    );
  });
});
