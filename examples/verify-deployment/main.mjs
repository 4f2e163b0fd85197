import { readFile } from 'node:fs/promises';
import { createClient, UnverifiedError } from '@describe-image/core';
import { defaultCredentials } from '@describe-image/core/credentials';
import { verifyImage } from '@describe-image/core/images';

const [file = 'deployment.json'] = process.argv.slice(2);
/** @type {string[]} */
const references = JSON.parse(await readFile(file, 'utf8'));

const client = createClient({
  endpoint: process.env['DESCRIBE_IMAGE_ENDPOINT'],
  credentials: defaultCredentials(),
});
for (const reference of references) {
  const outcome = await verify(reference);
  console.log(outcome, reference);
  if (outcome !== 'match') process.exitCode = 1;
}
client.close();

/** @param {string} reference - With the expected digest after `@`. */
async function verify(reference) {
  try {
    const { outcome } = await verifyImage(client.call, reference, undefined, { requireLive: true });
    return outcome;
  } catch (error) {
    // The inventory has a digest, but DescribeImage cannot confirm it.
    if (UnverifiedError.isInstance(error)) return 'unverified';
    throw error;
  }
}
