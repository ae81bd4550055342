import { describe, expect, it } from 'vitest';
import { keyStatus } from './key-status';

const now = new Date('2027-03-01T12:00:00Z');
const status = (expiresAt: string | null, revokedAt: string | null = null) =>
  keyStatus({ expiresAt, revokedAt }, now);

describe('keyStatus', () => {
  it('tells active, expiring within seven days, expired and revoked apart', () => {
    expect(status(null)).toBe('active');
    expect(status('2027-06-01T00:00:00Z')).toBe('active');
    expect(status('2027-03-05T00:00:00Z')).toBe('expiring');
    expect(status('2027-03-01T12:00:00Z')).toBe('expired');
  });

  it('calls a revoked key revoked even when it has expired too', () => {
    expect(status('2027-01-01T00:00:00Z', '2026-12-01T00:00:00Z')).toBe('revoked');
  });
});
