import http from 'node:http';
import { type DescribeTag, readDigest } from './contender.ts';
import { signedCall } from './sign-by-hand.ts';

/** Minimal own code with `node:http`: without deadline, retries, concurrency limit and check of the response. */
export function openNodeHttp(port: number): DescribeTag {
  const agent = new http.Agent({ keepAlive: true });
  const host = `127.0.0.1:${port}`;
  return (tag) =>
    new Promise((resolve, reject) => {
      const { query, headers } = signedCall(host, tag);
      const request = http.request(
        { host: '127.0.0.1', port, method: 'POST', path: `/?${query}`, headers, agent },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            body += chunk;
          });
          response.on('error', reject);
          response.on('end', () => {
            try {
              resolve(readDigest(JSON.parse(body)));
            } catch (error) {
              reject(error);
            }
          });
        },
      );
      request.on('error', reject);
      request.end();
    });
}
