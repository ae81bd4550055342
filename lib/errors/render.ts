import { AppError } from './app-error';
import { ERROR_CODES } from './codes';

/** The OpenAI error object, as the gateway answers and as an SSE event carries it. */
export type OpenAIErrorBody = {
  error: { message: string; type: string; param: string | null; code: string };
};

/** The admin API's error object. */
export type AdminErrorBody = {
  error: { code: string; message: string; issues: { path: string; message: string }[] };
};

/** Anything thrown becomes an AppError; what is not one is `internal_error` and says nothing of itself. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    'internal_error',
    'The request could not be processed. Try again; if it persists, quote the x-request-id to your administrator.',
    {
      cause: error,
    },
  );
}

/** Renders for `/v1`. */
export function renderOpenAIError(error: AppError): OpenAIErrorBody {
  return {
    error: {
      message: error.message,
      type: ERROR_CODES[error.code].type,
      param: error.param,
      code: error.code,
    },
  };
}

/** Renders for `/api`. */
export function renderAdminError(error: AppError): AdminErrorBody {
  return {
    error: { code: error.code, message: error.message, issues: error.issues, ...error.details },
  };
}

/** Headers that go with an error on either wire. */
export function errorHeaders(error: AppError): Record<string, string> {
  return {
    ...error.headers,
    ...(error.retryAfterSeconds === undefined
      ? {}
      : { 'retry-after': String(Math.max(1, Math.ceil(error.retryAfterSeconds))) }),
  };
}
