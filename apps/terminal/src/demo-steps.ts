/** One command of the walk, and what must come out of it. */
export interface DemoStep {
  readonly title: string;
  readonly args: readonly string[];
  /** What the output shows, in a sentence. */
  readonly lesson: string;
  readonly exitCode: number;
  /** Must match what is printed, stdout before stderr. */
  readonly output: RegExp;
  /** Over the demo's own environment. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

const IDS = [
  ...['--region', 'cn-hangzhou'],
  ...['--instance', 'cri-3xk9v2m7q4wz8d1p'],
  ...['--repo', 'crr-a1c7e9k2m4p6r8t0'],
  ...['--tag', '1.4.2'],
];

export const DEMO_STEPS: readonly DemoStep[] = [
  {
    title: 'A digest from the four ids',
    args: ['digest', ...IDS],
    lesson: 'One signed DescribeImage call. Only the digest is on stdout, so $(…) can take it.',
    exitCode: 0,
    output: /^sha256:[0-9a-f]{64}\n$/,
  },
  {
    title: 'A digest from an image reference',
    args: ['digest', 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2', ...['--output', 'ref']],
    lesson: 'The inventory gave the ids, DescribeImage the digest, and both agree: a pinned reference.',
    exitCode: 0,
    output: /^acme-registry\.\S+\/shop\/checkout:1\.4\.2@sha256:[0-9a-f]{64}\n$/,
  },
  {
    title: 'Images and what is known of their safety',
    args: ['images', '--newest', '--limit', '6', '--output', 'table'],
    lesson: 'Not yet scanned is not clean: what nobody knows is "?", and "stale" was pushed after its scan.',
    exitCode: 0,
    output: /stale[\s\S]*risky[\s\S]*clean[\s\S]*6 of 13 images\n$/,
  },
  {
    title: 'One signed request, stage by stage',
    args: ['explain', ...IDS],
    lesson: 'When a signature is refused, compare these stages; secrets never appear in them.',
    exitCode: 0,
    output:
      /CanonicalQueryString[\s\S]*StringToSign[\s\S]*Signature[\s\S]*curl[\s\S]*aliyun sas DescribeImage/,
  },
  {
    title: 'A refusal: the secret is wrong',
    args: ['digest', 'shop/checkout:1.4.2'],
    environment: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'not-the-secret' },
    lesson: 'What happened, which request it was, what to do. Exit code 8 means bad keys, in every command.',
    exitCode: 8,
    output: /SignatureDoesNotMatch[\s\S]*request id: [\s\S]*Check the AccessKey secret/,
  },
];
