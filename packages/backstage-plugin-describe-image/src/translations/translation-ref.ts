import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { imageMessages } from './image-messages.ts';

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
    ...imageMessages,
    locale: 'en',
    permissionDenied: 'You do not have permission to view container images.',
    loading: 'Loading container images',
    card: {
      title: 'Container images',
      list: 'Container images of this entity',
      refresh: 'Refresh all',
      refreshing: 'Refreshing all images',
      refreshed: 'All images refreshed',
      refreshedSome: '{{failed}} of {{total}} images could not be refreshed',
      refreshFailed: 'Refresh failed',
      summary: '{{total}} images by state',
      showAll: 'Show all {{total}} images',
      showFewer: 'Show fewer images',
    },
    tab: {
      title: 'Images',
    },
    requestFailure: {
      title: 'Container images could not be loaded',
      retry: 'Retry',
      status: 'The back end responded with status {{status}}.',
      unreachable: 'The back end could not be reached. Check the network connection.',
      lastData: 'The data below was loaded {{ago}}.',
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
      show: 'Show items',
      message: {
        label: 'expected a label of 1 to 63 characters before =',
        digest: 'expected sha256: and 64 lower-case hex digits after @',
        reference: 'expected host/namespace/repository:tag, without spaces and without https://',
        'no-tag': 'the reference has no tag; append :tag to the repository',
        ids: 'expected region/instance/repository:tag, for example cn-hangzhou/cri-…/crr-…:1.4.2',
        duplicate: 'this image is declared twice; remove one of the two',
        'too-many': 'an entity can declare at most 100 images; move some to the components that run them',
        instance:
          'expected the name of an instance in the configuration of the back end: letters, digits, _ . -',
        notifications: 'expected all, releases or none',
      },
      place: '{{annotation}}, line {{line}}, column {{column}}',
    },
    copy: {
      digest: 'Copy digest',
      digestOf: 'Copy digest of {{image}}',
      pinned: 'Copy pinned reference',
      dockerPull: 'Copy docker pull command',
      menuOf: 'More copy options of {{image}}',
      done: 'Copied {{text}}',
      failed: 'The browser blocked copying. Select the text instead.',
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
      state: 'State',
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
      previous: 'Previous',
      next: 'Next',
    },
    overview: {
      title: 'Container images',
      intro: 'Last known state of the images of all entities that you can view, worst first.',
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
      repository: 'Repository',
      filter: 'Search',
      checked: 'Checked',
      clear: 'Clear filters',
      export: 'Export CSV',
      exportFailed: 'Export failed',
      copyLink: 'Copy link to this view',
    },
  },
});
