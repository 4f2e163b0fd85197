// Responds to all requests with the same digest, in a separate process, so that its CPU is not counted.
import { createServer } from 'node:http';

const BODY = JSON.stringify({
  RequestId: '7E0618A9-D5EF-4220-9471-C42B5E92719F',
  Data: { Digest: '70590fb5ed25a9a2f7d4f8a3a3e6e1c5a1bb5a9d4c1d2e3f405162738495a6b7' },
});
const HEADERS = [
  'content-type',
  'application/json;charset=utf-8',
  'content-length',
  String(Buffer.byteLength(BODY)),
  'x-acs-request-id',
  '7E0618A9-D5EF-4220-9471-C42B5E92719F',
];
/** Some contenders open ten thousand sockets at once. The system lowers this to its own limit. */
const BACKLOG = 65_535;

const server = createServer({ keepAliveTimeout: 300_000 }, (_request, response) => {
  response.writeHead(200, HEADERS);
  response.end(BODY);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit());
