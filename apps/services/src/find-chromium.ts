import { existsSync } from 'node:fs';

/** @throws Error that says how to install it. */
export function findChromium(): string {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new Error('there is no Chromium: install it with `apt-get install chromium`');
  return found;
}
