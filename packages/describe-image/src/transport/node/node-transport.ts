import type { Endpoint, SignedRequest } from '../../protocol/request.ts';
import type { Exchange, Receiver, Transport } from '../transport.ts';
import type { NodeTransportOptions } from './open-route.ts';

/** The default transport in Node. It opens a route to each origin at the first request, and loads what the route needs then. */
export function nodeTransport(options: NodeTransportOptions): Transport {
  const routes = new Map<string, Transport | Promise<Transport>>();
  let lastEndpoint: Endpoint | undefined;
  let lastRoute: Transport | undefined;

  function routeTo(endpoint: Endpoint): Transport | Promise<Transport> {
    const origin = `${endpoint.protocol}//${endpoint.host}`;
    const known = routes.get(origin);
    if (known !== undefined) {
      if (!(known instanceof Promise)) [lastEndpoint, lastRoute] = [endpoint, known];
      return known;
    }
    const opening = import('./open-route.ts').then(({ openRoute }) => openRoute(endpoint, options));
    routes.set(origin, opening);
    opening.then(
      (route) => routes.get(origin) === opening && routes.set(origin, route),
      () => routes.delete(origin),
    );
    return opening;
  }

  return {
    start(request, receiver, timeoutMs) {
      if (lastRoute !== undefined && lastEndpoint === request.endpoint)
        return lastRoute.start(request, receiver, timeoutMs);
      const route = routeTo(request.endpoint);
      return route instanceof Promise
        ? startWhenOpen(route, request, receiver, timeoutMs)
        : route.start(request, receiver, timeoutMs);
    },
    close() {
      for (const route of routes.values())
        if (route instanceof Promise) route.then(closeRoute, () => {});
        else closeRoute(route);
      routes.clear();
      lastEndpoint = lastRoute = undefined;
    },
  };
}

function closeRoute(route: Transport): void {
  route.close?.();
}

function startWhenOpen(
  opening: Promise<Transport>,
  request: SignedRequest,
  receiver: Receiver,
  timeoutMs: number,
): Exchange {
  let cancelled = false;
  let exchange: Exchange | undefined;
  opening
    .then((route) => {
      if (!cancelled) exchange = route.start(request, receiver, timeoutMs);
    })
    .catch((error) => {
      if (!cancelled) receiver.onError(error);
    });
  return {
    cancel() {
      cancelled = true;
      exchange?.cancel();
    },
  };
}
