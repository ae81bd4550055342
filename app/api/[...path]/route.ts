import { AppError } from '@/lib/errors/app-error';
import { answer } from '@/lib/http/route';

/** Paths of the API that are none: an error that a script can read, not a page. */
function refuse(request: Request): Promise<Response> {
  return answer(request, async () => {
    throw new AppError('not_found', 'There is nothing at this address.');
  });
}

export {
  refuse as GET,
  refuse as HEAD,
  refuse as POST,
  refuse as PUT,
  refuse as PATCH,
  refuse as DELETE,
};
