import { describe, expect, it } from 'vitest';
import { canonicalHeaders } from './canonical-headers.ts';

describe('canonicalHeaders', () => {
  it('includes host, content-type and every x-acs header, sorted, and nothing else', () => {
    const { block, signedHeaders } = canonicalHeaders({
      'x-acs-version': '2018-12-03',
      accept: 'application/json',
      'user-agent': 'curl',
      'content-length': '0',
      connection: 'keep-alive',
      'content-type': 'application/json',
      host: 'tds.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'DescribeImage',
      'x-acs-anything-else': '1',
    });
    expect(signedHeaders).toBe('content-type;host;x-acs-action;x-acs-anything-else;x-acs-version');
    expect(block).toBe(
      'content-type:application/json\nhost:tds.cn-shanghai.aliyuncs.com\nx-acs-action:DescribeImage\n' +
        'x-acs-anything-else:1\nx-acs-version:2018-12-03\n',
    );
  });

  it('trims values at both ends and keeps the blanks within', () => {
    expect(canonicalHeaders({ 'x-acs-a': ' \tone  two ' }).block).toBe('x-acs-a:one  two\n');
  });
});
