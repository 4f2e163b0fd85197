// A user's test: the emulator in its own process, and the client against it.
import { createClient } from '@describe-image/core';
import { createEmulator, demoCredentials } from '@describe-image/emulator';

const emulator = await createEmulator();
const client = createClient({ endpoint: emulator.url, credentials: demoCredentials });
const { digest } = await client.describeImage(JSON.parse(process.env.IMAGE_IDS));
console.log(digest);
await emulator.close();
