import { createClient, NotFoundError, ValidationError } from '@describe-image/core';

/** `GET /?image=<reference>` answers with the digest as JSON. */
export default {
  /**
   * @param {Request} request
   * @param {Record<string, string | undefined>} env - The bindings of the worker.
   */
  async fetch(request, env) {
    const reference = new URL(request.url).searchParams.get('image') ?? '';
    const client = createClient({
      endpoint: env['DESCRIBE_IMAGE_ENDPOINT'],
      credentials: {
        accessKeyId: env['ALIBABA_CLOUD_ACCESS_KEY_ID'] ?? '',
        accessKeySecret: env['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] ?? '',
      },
    });
    try {
      const { digest, state } = await client.resolveImage(reference, { signal: request.signal });
      return Response.json({ digest, state });
    } catch (error) {
      if (ValidationError.isInstance(error)) return Response.json({ error: error.message }, { status: 400 });
      if (NotFoundError.isInstance(error)) return Response.json({ error: error.message }, { status: 404 });
      return Response.json({ error: 'the look-up failed' }, { status: 502 });
    } finally {
      client.close();
    }
  },
};
