// Gets credentials with the vendor's package. The package uses TLS for STS and the address of the real metadata service,
// so every request is sent to the emulator instead.
import http from 'node:http';
import https from 'node:https';
import credentials from '@alicloud/credentials';

const { default: Credential, Config } = credentials;
const { origin, times, ...config } = JSON.parse(process.argv[2]);
const { hostname, port } = new URL(origin);
const send = http.request;
const reroute = (options) =>
  send({ ...options, protocol: 'http:', agent: undefined, host: hostname, hostname, port });
http.request = reroute;
https.request = reroute;

const client = new Credential(config.type === undefined ? undefined : new Config(config));
const results = await Promise.allSettled(Array.from({ length: times ?? 1 }, () => client.getCredential()));
console.log(
  JSON.stringify(
    results.map(({ value, reason }) =>
      value === undefined
        ? { failed: String(reason) }
        : {
            accessKeyId: value.accessKeyId,
            accessKeySecret: value.accessKeySecret,
            securityToken: value.securityToken || undefined,
          },
    ),
  ),
);
process.exit(0);
