import { expect, it } from 'vitest';
import { compareVulnerabilities } from './compare-vulnerabilities.ts';

const item = (name: string, cveIds: string[], ...packages: string[]) => ({
  name,
  cveIds,
  packages: packages.map((packageName) => ({ name: packageName })),
});

it('returns introduced, fixed and unchanged vulnerabilities', () => {
  const openssl = item('debian:10:CVE-1', ['CVE-1'], 'openssl');
  const zlib = item('debian:10:CVE-2', ['CVE-2'], 'zlib');
  const bash = item('debian:10:CVE-3', ['CVE-3'], 'bash');
  expect(compareVulnerabilities([openssl, zlib], [zlib, bash])).toEqual({
    introduced: [bash],
    fixed: [openssl],
    unchanged: [zlib],
  });
});

it('recognises a vulnerability after an upgrade of the operating system', () => {
  const before = item('debian:10:CVE-1', ['CVE-1', 'CVE-2'], 'openssl', 'libssl1.1');
  const after = item('debian:12:CVE-1', ['CVE-1'], 'openssl');
  expect(compareVulnerabilities([before], [after])).toEqual({
    introduced: [],
    fixed: [],
    unchanged: [after],
  });
});

it('distinguishes packages with the same CVE id', () => {
  const before = item('a', ['CVE-1'], 'log4j-core');
  const after = item('a', ['CVE-1'], 'log4j-api');
  expect(compareVulnerabilities([before], [after])).toEqual({
    introduced: [after],
    fixed: [before],
    unchanged: [],
  });
});

it('compares names where there is no CVE id, and accepts records without packages', () => {
  const avd = item('AVD-1', []);
  const other = item('AVD-2', []);
  expect(compareVulnerabilities(new Set([avd]), [avd, other])).toEqual({
    introduced: [other],
    fixed: [],
    unchanged: [avd],
  });
});
