/** An AccessKey id as people recognise it: the first four and the last four characters. @public */
export function maskAccessKeyId(accessKeyId: string): string {
  return accessKeyId.length < 12 ? '***' : `${accessKeyId.slice(0, 4)}***${accessKeyId.slice(-4)}`;
}
