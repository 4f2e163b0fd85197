import { join } from 'node:path';
import { isMusl, nodePackage } from './node-package.mjs';

/**
 * Node of a given version, as a program that npm brings.
 *
 * @param {string} required
 * @returns {import('./install-tool.mjs').Tool}
 */
export function nodeTool(required) {
  const { platform, arch } = process;
  const { name, version } = nodePackage({ platform, arch, musl: isMusl() }, required);
  return {
    label: 'Node',
    name,
    version,
    folder: `node-${version}-${machineName()}`,
    program: join('node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node'),
  };
}

/**
 * Keeps the tools of different machines apart in a checkout that several of them see.
 *
 * @returns {string}
 */
export function machineName() {
  return `${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`;
}
