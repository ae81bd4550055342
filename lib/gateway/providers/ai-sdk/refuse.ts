import { UpstreamError } from '@/lib/gateway/types';

/**
 * A request that this provider's API cannot express: answered as the provider itself would, with 400
 * and the field's name, instead of leaving out what changes the answer's meaning.
 */
export function cannotExpress(param: string, message: string): UpstreamError {
  return new UpstreamError('status', message, {
    status: 400,
    providerCode: 'unsupported_parameter',
    param,
  });
}
