/**
 * The source of proxies: `environment` reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (or their lower-case
 * forms) when the first request to a host is sent; a URL is used for every host; `false` connects directly.
 *
 * @public
 */
export type ProxySetting = 'environment' | false | (string & {});
