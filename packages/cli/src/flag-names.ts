/** Options of core and the flags that set them. */
const FLAGS: readonly (readonly [RegExp, string])[] = [
  [/\battemptTimeoutMs\b/g, '--attempt-timeout'],
  [/\btotalTimeoutMs\b/g, '--timeout'],
  [/\bmaxRetries\b/g, '--retries'],
  [/\brequireLive\b/g, '--require-live'],
  [/\brequireScanned\b/g, '--require-scanned'],
  [/\ballowLastKnown\b/g, '--allow-last-known'],
  [/\broleArn\b/g, '--role-arn'],
  [/\broleSessionName\b/g, '--role-session-name'],
  [/\bexternalId\b/g, '--external-id'],
  [/^network: "vpc" requires/, '--network vpc: requires'],
  [/; omit network, or set endpoint$/, '; leave out --network, or add --endpoint'],
  [/^(region|endpoint|limit|digest):/, '--$1:'],
];

/** Replaces the names of core's options by the flags of the command line. */
export function withFlagNames(text: string): string {
  return FLAGS.reduce((replaced, [option, flag]) => replaced.replace(option, flag), text);
}
