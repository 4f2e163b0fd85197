// The same program as its compiler sees it: the names and types that users write.
import { type Client, type ClientOptions, createClient } from '@describe-image/core';
import { parseImageReference } from '@describe-image/core/images';
import { DescribeImageError } from '@describe-image/core/protocol';

const options: ClientOptions = { credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } };
const client: Client = createClient(options);

export async function digestOf(reference: string): Promise<string | undefined> {
  const { tag } = parseImageReference(reference);
  try {
    const { digest } = await client.resolveImage(`${reference}${tag === undefined ? ':latest' : ''}`);
    return digest;
  } catch (error) {
    if (DescribeImageError.isInstance(error) && error.code === 'NotFound') return undefined;
    throw error;
  }
}
