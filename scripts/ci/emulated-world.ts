export interface ImageIds {
  readonly imageRegionId: string;
  readonly imageInstanceId: string;
  readonly imageRepoId: string;
  readonly imageTag: string;
}

/** An image of the emulator's demo world. */
const IMAGE: ImageIds = {
  imageRegionId: 'cn-hangzhou',
  imageInstanceId: 'cri-3xk9v2m7q4wz8d1p',
  imageRepoId: 'crr-a1c7e9k2m4p6r8t0',
  imageTag: '1.4.2',
};

/** Starts the emulator, hands its address and keys to `work` as a user's environment, and closes it. */
export async function withEmulator<Result>(
  work: (env: Record<string, string>, ids: ImageIds) => Promise<Result>,
): Promise<Result> {
  // Loaded when needed: on a bare machine the first step is what installs it.
  const { createEmulator, demoCredentials } = await import('@describe-image/emulator');
  const emulator = await createEmulator();
  try {
    return await work(
      {
        EMULATOR_URL: emulator.url,
        ALIBABA_CLOUD_ACCESS_KEY_ID: demoCredentials.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: demoCredentials.accessKeySecret,
        IMAGE_IDS: JSON.stringify(IMAGE),
      },
      IMAGE,
    );
  } finally {
    await emulator.close();
  }
}
