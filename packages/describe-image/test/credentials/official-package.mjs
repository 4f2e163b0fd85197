// Gets credentials with the vendor's package, the given number of times at once. The test sets environment and home directory.
import credentials from '@alicloud/credentials';

const { default: Credential, Config } = credentials;
const [times, uri] = process.argv.slice(2);
const client = new Credential(uri ? new Config({ type: 'credentials_uri', credentialsURI: uri }) : undefined);
const calls = Array.from({ length: Number(times) }, () => client.getCredential());
const results = await Promise.allSettled(calls);
console.log(
  JSON.stringify({
    survivors: results.filter(({ status }) => status === 'fulfilled').length,
    messages: results.flatMap(({ reason }) => (reason ? [String(reason.message)] : [])),
  }),
);
