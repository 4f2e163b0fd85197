import { readFile } from 'node:fs/promises';
import { createClient } from '@describe-image/core';
import { defaultCredentials } from '@describe-image/core/credentials';
import { pinReference } from '@describe-image/core/images';

const [file = 'images.txt'] = process.argv.slice(2);
const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
const references = lines.filter((line) => line !== '' && !line.startsWith('#'));

const client = createClient({
  endpoint: process.env['DESCRIBE_IMAGE_ENDPOINT'],
  credentials: defaultCredentials(),
});
const resolved = await Promise.all(
  references.map((reference) => client.resolveImage(reference, { requireLive: true })),
);
for (const image of resolved) console.log(pinReference(image, image.digest));
client.close();
