/**
 * The digest of a reference, as a line of text. The function under test.
 *
 * @param {import('@describe-image/core').Client} client
 * @param {string} reference
 */
export async function digestLine(client, reference) {
  const { digest, state } = await client.resolveImage(reference);
  return `${reference} ${digest} (${state})`;
}
