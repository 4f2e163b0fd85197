import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import type { ResponseEvent } from '@describe-image/core';

/** What is counted. No name of an image, entity or person is an attribute: each would be a series of its own. */
export interface Metrics {
  readonly onResponse: (instance: string, event: ResponseEvent) => void;
  readonly onLookUp: (instance: string, outcome: 'hit' | 'miss') => void;
  readonly onFailure: (instance: string, failure: Pick<ImageFailure, 'kind'>) => void;
}

export function createMetrics(metrics: MetricsService): Metrics {
  const requests = metrics.createCounter('describe_image.api.requests', {
    description: 'Answers of Security Center, attempts that were repeated included',
  });
  const durations = metrics.createHistogram('describe_image.api.duration', {
    description: 'How long Security Center took to answer',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
  });
  const lookUps = metrics.createCounter('describe_image.cache.lookups', {
    description: 'Images looked up in the cache, by whether it had a fresh answer',
  });
  const failures = metrics.createCounter('describe_image.failures', {
    description: 'Images that could not be read, by what can be done about it',
  });
  return {
    onResponse: (instance, { action, status, durationMs }) => {
      requests.add(1, { instance, action, status });
      durations.record(durationMs / 1000, { instance, action });
    },
    onLookUp: (instance, outcome) => lookUps.add(1, { instance, outcome }),
    onFailure: (instance, { kind }) => failures.add(1, { instance, kind }),
  };
}
