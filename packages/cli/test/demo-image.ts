/** The four ids of an image in the emulator's demo data. */
export const CHECKOUT_IDS: readonly string[] = [
  ...['--region', 'cn-hangzhou'],
  ...['--instance', 'cri-3xk9v2m7q4wz8d1p'],
  ...['--repo', 'crr-a1c7e9k2m4p6r8t0'],
  ...['--tag', '1.4.2'],
];
export const CHECKOUT = 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2';
export const CHECKOUT_DIGEST = 'sha256:a322bcb3b2b137b208c51f76678f760e1d55fbbb7482e772076d109105b3f17f';
