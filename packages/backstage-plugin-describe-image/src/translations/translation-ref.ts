import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * All texts of the plugin, in English. Messages from the back end are not translated.
 *
 * @example
 * ```tsx
 * import { createTranslationMessages } from '@backstage/frontend-plugin-api';
 * import { describeImageTranslationRef } from '@describe-image/backstage-plugin-describe-image';
 *
 * // An app can replace texts.
 * export const messages = createTranslationMessages({
 *   ref: describeImageTranslationRef,
 *   messages: { 'card.title': 'Images in production' },
 * });
 * ```
 *
 * @public
 */
export const describeImageTranslationRef = createTranslationRef({
  id: 'plugin.describe-image',
  messages: {
    locale: 'en',
    permissionDenied: 'You do not have permission to view container images.',
    loading: 'Loading container images',
    card: {
      title: 'Container images',
      list: 'Container images of this entity',
      refresh: 'Refresh all',
      refreshing: 'Refreshing all images',
      refreshed: 'All images refreshed',
      refreshFailed: 'Refresh failed',
    },
    requestFailure: {
      title: 'Container images could not be loaded',
      retry: 'Retry',
    },
    imageFailure: {
      title: {
        permission: 'RAM permission missing',
        credentials: 'Credentials rejected',
        notFound: 'Not in the Security Center inventory',
        ambiguous: 'Several images match',
        throttled: 'Rate limited',
        unreachable: 'Alibaba Cloud unreachable',
        invalidReference: 'Invalid reference',
        unknownInstance: 'Instance not configured',
        service: 'Error from Alibaba Cloud',
        deadline: 'No response in time',
        paused: 'Calls paused',
      },
      lastAttempt: 'Last attempt: {{ago}}.',
      requestId: 'Request ID',
      copyRequestId: 'Copy request ID {{requestId}}',
      errorCode: 'Error code',
      ramAction: 'RAM action',
      retryAfter: 'Retry after {{seconds}} s',
      policy: 'Required RAM policy',
      copyPolicy: 'Copy RAM policy',
      earlierObservation: 'The digest below is from an earlier observation.',
      noObservation: 'There is no earlier observation of this image.',
    },
    annotationHelp: {
      title: 'No images declared',
      text: 'Add this annotation to the entity, with one image per line:',
      hint: 'A digest after the tag is the digest you expect. A name before = is a label.',
      snippet: 'Annotation in YAML',
      copy: 'Copy annotation',
    },
    annotationFaults: {
      title_one: '{{count}} invalid item in the annotations',
      title_other: '{{count}} invalid items in the annotations',
      place: '{{annotation}}, line {{line}}, column {{column}}',
    },
    image: {
      noDigest: 'Digest unknown',
      noTag: 'no tag',
      source: 'Source: {{source}}',
      observed: 'Observed: {{ago}}',
      cached: 'Cached',
      console: 'Open in console',
      openInConsole: 'Open {{image}} in the console, in a new tab',
    },
    copy: {
      digest: 'Copy digest',
      digestOf: 'Copy digest of {{image}}',
      pinned: 'Copy image with digest',
      pinnedOf: 'Copy {{image}} with digest',
      done: 'Copied {{text}}',
      failed: 'The browser blocked copying. Select the text instead.',
    },
    risk: {
      unknown: 'Not scanned',
      scanning: 'Scanning',
      failed: 'Scan failed',
      stale: 'Scan outdated',
      risky: 'Risks found',
      clean: 'No risks found',
      missing: 'Scan state unknown',
      vulnerabilities_one: '{{count}} vulnerability',
      vulnerabilities_other: '{{count}} vulnerabilities',
      alerts_one: '{{count}} alert',
      alerts_other: '{{count}} alerts',
      baselineRisks_one: '{{count}} baseline risk',
      baselineRisks_other: '{{count}} baseline risks',
    },
    digestRole: {
      declared: 'Declared',
      scanned: 'Scanned',
      live: 'Live',
    },
    drift: {
      drift: 'Drift',
      agree: 'Digests match',
      unknown: 'Drift unknown',
      difference: 'Different digests: {{pairs}}',
      // No-break spaces keep a pair on one line.
      pair: '{{left}}\u00a0≠\u00a0{{right}}',
      digests: 'Compared digests',
    },
    move: {
      moved: 'Moved {{ago}} from {{from}} to {{to}}',
      firstObserved: 'First observed {{ago}}: {{to}}',
      back: 'Moved back',
      backHint: 'The tag pointed to this digest before.',
    },
    history: {
      title: 'History',
      image: 'Image',
      empty: 'No observations',
      moves: 'Moves of the tag',
      retention: 'Retention: {{days}} days',
      digest: 'Digest',
      source: 'Source',
      firstObserved: 'First observed',
      lastObserved: 'Last observed',
      observations: 'Observations',
      requestId: 'Request ID',
      unknown: 'Unknown',
    },
    timeline: {
      title: 'Digests of {{image}} from {{from}} to {{to}}',
      period: '{{lane}}: {{digest}} from {{from}} to {{to}}',
      legend: 'Digests in the timeline',
      moved: '{{at}}: moved to {{to}}',
      movedBack: '{{at}}: moved back to {{to}}',
    },
    tags: {
      title: 'Tags of {{repository}}',
      search: 'Search tags and digests',
      tag: 'Tag',
      digest: 'Digest',
      scan: 'Scan',
      pushed: 'Pushed',
      deployed: 'Deployed',
      yes: 'Yes',
      no: 'No',
      sameDigest: 'Same digest',
      unknown: 'Unknown',
      count: '{{matching}} of {{total}} tags',
      empty: 'No matching tags',
      incomplete: 'The inventory changed while it was read. Some tags may be missing.',
      observed: 'Inventory read: {{ago}}',
    },
    table: {
      pageSize: '{{size}} per page',
      range: '{{from}} to {{to}} of {{total}}',
    },
    overview: {
      title: 'Container images',
      intro:
        'Last known state of the images of all entities that you can view. Drift and failures come first.',
      search: 'Search images and entities',
      owner: 'Owner',
      system: 'System',
      all: 'All',
      entity: 'Entity',
      image: 'Image',
      digest: 'Digest',
      state: 'State',
      count: '{{matching}} of {{total}} images',
      empty: 'No matching images',
      counts: 'Images by state',
      drift: 'Drift',
      failed: 'Read failed',
      unscanned: 'No current scan',
      risky: 'Risks found',
      clean: 'No risks found',
    },
  },
});
