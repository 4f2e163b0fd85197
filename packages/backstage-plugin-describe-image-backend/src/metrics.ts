import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import {
  IMAGE_STATES,
  type ImageFailure,
  type ImageState,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ResponseEvent } from '@describe-image/core';
import type { DeliveryOutcome } from './outbox/deliver.ts';
import type { Queue } from './outbox/delivery-store.ts';
import type { LiveCheckOutcome } from './refresh/check-live.ts';

/** Callbacks that update the metrics. Names of images, entities and users are no attributes, to bound the number of time series. */
export interface Metrics {
  readonly onResponse: (instance: string, event: ResponseEvent) => void;
  readonly onLookUp: (instance: string, outcome: 'hit' | 'miss') => void;
  readonly onFailure: (instance: string, failure: Pick<ImageFailure, 'kind'>) => void;
  readonly onDelivery: (queue: Queue, outcome: DeliveryOutcome) => void;
  /** Observes the size of a queue whenever the metrics are collected. */
  readonly observeQueue: (
    queue: Queue,
    count: () => Promise<{ readonly waiting: number; readonly dead: number }>,
  ) => void;
  readonly onCircuit: (endpoint: string, isPaused: boolean) => void;
  readonly onLiveCheck: (instance: string, outcome: LiveCheckOutcome) => void;
  /** Called with the states of all declared images. */
  readonly onStates: (images: readonly { readonly instance: string; readonly state: ImageState }[]) => void;
}

/** Creates the metrics in Backstage's metrics service. */
export function createMetrics(metrics: MetricsService): Metrics {
  const requests = metrics.createCounter('describe_image.api.requests', {
    description: 'Responses of Security Center, including those of retried requests',
  });
  const durations = metrics.createHistogram('describe_image.api.duration', {
    description: 'Response time of Security Center',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
  });
  const lookUps = metrics.createCounter('describe_image.cache.lookups', {
    description: 'Image look-ups, by whether the cache had a fresh entry',
  });
  const failures = metrics.createCounter('describe_image.failures', {
    description: 'Images that could not be read, by kind of failure',
  });
  const deliveries = metrics.createCounter('describe_image.outbox.attempts', {
    description: 'Attempts to deliver events, by outcome',
  });
  const queued = metrics.createObservableGauge('describe_image.outbox.events', {
    description: 'Events that wait for delivery, and dead letters',
  });
  const circuits = metrics.createGauge('describe_image.circuit.paused', {
    description: '1 while the calls of this back end to an endpoint are paused, otherwise 0',
  });
  const liveChecks = metrics.createCounter('describe_image.live_checks', {
    description: 'Live checks of the refresh, by outcome',
  });
  const states = metrics.createGauge('describe_image.images', {
    description: 'Declared images by their worst state, from the last refresh of this back end',
  });
  return {
    onDelivery: (queue, outcome) => deliveries.add(1, { queue, outcome }),
    observeQueue: (queue, count) =>
      queued.addCallback(async (result) => {
        const { waiting, dead } = await count();
        result.observe(waiting, { queue, state: 'waiting' });
        result.observe(dead, { queue, state: 'dead' });
      }),
    onCircuit: (endpoint, isPaused) => circuits.record(isPaused ? 1 : 0, { endpoint }),
    onLiveCheck: (instance, outcome) => liveChecks.add(1, { instance, outcome }),
    onStates: (images) => {
      const names = new Set(images.map(({ instance }) => instance));
      for (const instance of names)
        for (const state of IMAGE_STATES) {
          const count = images.filter((image) => image.instance === instance && image.state === state).length;
          states.record(count, { instance, state });
        }
    },
    onResponse: (instance, { action, status, durationMs }) => {
      requests.add(1, { instance, action, status });
      durations.record(durationMs / 1000, { instance, action });
    },
    onLookUp: (instance, outcome) => lookUps.add(1, { instance, outcome }),
    onFailure: (instance, { kind }) => failures.add(1, { instance, kind }),
  };
}
