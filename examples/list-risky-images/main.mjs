import { createClient } from '@describe-image/core';
import { defaultCredentials } from '@describe-image/core/credentials';
import { assessRisk } from '@describe-image/core/images';

const client = createClient({
  endpoint: process.env['DESCRIBE_IMAGE_ENDPOINT'],
  credentials: defaultCredentials(),
});
for await (const image of client.listImages()) {
  const { state, reason, vulnerabilities } = assessRisk(image);
  if (state === 'clean') continue;
  const name = `${image.repoNamespace}/${image.repoName}:${image.tag}`;
  console.log(`${state}\t${name}\t${reason}\t${vulnerabilities ?? 'unknown'} vulnerabilities`);
}
client.close();
