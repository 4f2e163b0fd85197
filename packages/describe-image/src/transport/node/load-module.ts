interface LazyModules {
  'node:diagnostics_channel': typeof import('node:diagnostics_channel');
  'node:http': typeof import('node:http');
  'node:https': typeof import('node:https');
  'node:net': typeof import('node:net');
  'node:tls': typeof import('node:tls');
  'node:zlib': typeof import('node:zlib');
}

/** Loads a built-in module when it is first used, by the synchronous way of Node ≥ 20.16 where it exists. */
export async function loadModule<Name extends keyof LazyModules>(name: Name): Promise<LazyModules[Name]> {
  return process.getBuiltinModule?.(name) ?? (await import(name));
}
