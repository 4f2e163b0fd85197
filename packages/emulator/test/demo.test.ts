import { expect, it } from 'vitest';
import { createEmulator, demoCredentials } from '../src/index.ts';
import { NOW, signAcs3 } from './sign.ts';
import { sendRaw } from './wire.ts';

it('returns the same bytes for the demo seed in every run', async () => {
  const answers = await Promise.all([askForDemo(), askForDemo()]);
  expect(answers[0]).toEqual(answers[1]);
  expect(JSON.parse(answers[0] ?? '')).toMatchObject({
    PageInfo: { CurrentPage: 1, PageSize: 3, TotalCount: 13, Count: 3 },
  });
});

async function askForDemo(): Promise<string> {
  await using emulator = await createEmulator({ clock: NOW });
  const answer = await sendRaw(
    emulator.port,
    signAcs3({ PageSize: '3' }, { ...demoCredentials, action: 'DescribeImageInstances' }),
  );
  return answer.body;
}
