import type { HttpResponse } from './request.ts';

/** Describes a body that is no JSON object without quoting it: it may contain a secret. */
export function unreadable({ status, header, body }: HttpResponse): string {
  const what =
    body.trim() === ''
      ? 'an empty body'
      : /^\s*\{/.test(body)
        ? 'JSON that breaks off or has no code'
        : /^\s*<(!doctype )?html/i.test(body)
          ? 'an HTML page'
          : `no JSON object but ${header('content-type') ?? 'an unnamed type'}`;
  return `HTTP ${status} with ${what}, ${body.length} characters`;
}
