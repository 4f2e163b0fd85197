/** One command of the demo and its expected result. */
export interface DemoStep {
  readonly title: string;
  readonly args: readonly string[];
  /** A sentence about the output. */
  readonly lesson: string;
  readonly exitCode: number;
  /** Matches stdout followed by stderr. */
  readonly output: RegExp;
  /** Added to the environment of the demo. */
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
    lesson: 'One signed DescribeImage call. Only the digest is on stdout, for use in $(…).',
    exitCode: 0,
    output: /^sha256:[0-9a-f]{64}\n$/,
  },
  {
    title: 'A digest from an image reference',
    args: ['digest', 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2', ...['--output', 'ref']],
    lesson: 'The inventory returned the ids, DescribeImage the digest, and both agree: a pinned reference.',
    exitCode: 0,
    output: /^acme-registry\.\S+\/shop\/checkout:1\.4\.2@sha256:[0-9a-f]{64}\n$/,
  },
  {
    title: 'Images and their scan results',
    args: ['images', '--newest', '--limit', '6', '--output', 'table'],
    lesson:
      'Unknown values are "?": an image without a scan is not clean. A "stale" image was pushed after its scan.',
    exitCode: 0,
    output: /stale[\s\S]*risky[\s\S]*clean[\s\S]*6 of 13 images\n$/,
  },
  {
    title: 'The vulnerabilities of an image, as a gate',
    args: ['vulns', 'shop/storefront:2.9.0', '--fixable', ...['--limit', '3', '--fail-on', 'asap']],
    lesson:
      'The most urgent ones first, by the priority of Security Center. Exit code 7 means that the image is not acceptable.',
    exitCode: 7,
    output: /NECESSITY[\s\S]*asap[\s\S]*3 of \d+ vulnerabilities[\s\S]*--fail-on asap does not accept/,
  },
  {
    title: 'One signed request, stage by stage',
    args: ['explain', ...IDS],
    lesson: 'Compare these stages when the service rejects a signature. They contain no secrets.',
    exitCode: 0,
    output:
      /CanonicalQueryString[\s\S]*StringToSign[\s\S]*Signature[\s\S]*curl[\s\S]*aliyun sas DescribeImage/,
  },
  {
    title: 'An error: the secret is wrong',
    args: ['digest', 'shop/checkout:1.4.2'],
    environment: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'not-the-secret' },
    lesson:
      'The error names the request id and what to do. Exit code 8 means invalid keys, in every command.',
    exitCode: 8,
    output: /SignatureDoesNotMatch[\s\S]*request id: [\s\S]*the AccessKey secret/,
  },
];
