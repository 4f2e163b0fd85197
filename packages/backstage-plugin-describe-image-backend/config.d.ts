export interface Config {
  /** Digests, history and drift of container images, from Alibaba Cloud Security Center. */
  describeImage?: {
    /**
     * The accounts. An entity selects one by its annotation `alibabacloud.com/describe-image-instance`; the default is the first. Without
     * this option, there is one instance named "default" with the keys of the default chain.
     */
    instances?: Array<{
      /** 1 to 63 letters, digits, `_`, `.` and `-`. */
      name: string;
      /** Default, together with the secret: the default chain (environment, RRSA, CLI profile, ECS role…). */
      accessKeyId?: string;
      /** @visibility secret */
      accessKeySecret?: string;
      /**
       * Token of temporary keys from STS.
       *
       * @visibility secret
       */
      securityToken?: string;
      /** A RAM role to assume with these keys: `acs:ram::<account id>:role/<name>`. */
      roleArn?: string;
      /** Appears in the audit logs of the cloud. Default: `describe-image`. */
      roleSessionName?: string;
      /** @visibility secret */
      externalId?: string;
      /** Endpoint of STS, as a host or an https URL. Default: `sts.aliyuncs.com`. */
      stsEndpoint?: string;
      /** Site of the account's data in Security Center. Default: `china`. */
      site?: 'china' | 'international';
      /** A region of the account, which selects the site. Not the region of an image. */
      region?: string;
      /** `vpc` uses the endpoint inside a VPC, and requires `region`. Default: `public`. */
      network?: 'public' | 'vpc';
      /** A host, or an https URL; http is allowed for loopback only. Overrides site and region. */
      endpoint?: string;
      /** Rate limit of this back end's calls. Default: none. */
      requestsPerSecond?: number;
      /** Maximum number of concurrent calls. Default: 8. */
      concurrency?: number;
      /** Target of the links to the console. Default: the console of the site. */
      consoleUrl?: string;
    }>;
    cache?: {
      /** Lifetime of an observation by the inventory. Default: 300. */
      inventorySeconds?: number;
      /** Lifetime of an observation by DescribeImage. Default: 60. */
      liveSeconds?: number;
      /** Lifetime of a failure. After throttling, at least the wait that the service requests. Default: 15. */
      failureSeconds?: number;
      /** For this time after a look-up, the refresh button returns the cached state. Default: 5. */
      refreshSeconds?: number;
    };
    pages?: {
      /** After this time, a page shows the last known state of images whose account did not respond. Default: 5. */
      deadlineSeconds?: number;
    };
    history?: {
      /** Older periods and moves are deleted. Default: 180. */
      retentionDays?: number;
    };
    /** Notifications to the owners of entities. */
    notifications?: {
      /** The events that notify. Default: all except `not-verified`. An empty list turns notifications off. */
      events?: Array<'moved' | 'moved-back' | 'risk-increased' | 'scan-failed' | 'not-verified'>;
      /** Severity of each event. `drift` applies to a tag that moved away from the digest that the entity declares. */
      severity?: {
        /** Default: normal. */
        moved?: 'critical' | 'high' | 'normal' | 'low';
        /** Default: high. */
        'moved-back'?: 'critical' | 'high' | 'normal' | 'low';
        /** Default: high. */
        drift?: 'critical' | 'high' | 'normal' | 'low';
        /** Default: high. */
        'risk-increased'?: 'critical' | 'high' | 'normal' | 'low';
        /** Default: normal. */
        'scan-failed'?: 'critical' | 'high' | 'normal' | 'low';
        /** Default: low. */
        'not-verified'?: 'critical' | 'high' | 'normal' | 'low';
      };
      /** Age of the last live check after which the event `not-verified` occurs. Default: 24. */
      notVerifiedHours?: number;
      /** Language of the texts. Default: en. */
      language?: 'en' | 'zh';
    };
    /** Running digests, from the back end of the Kubernetes plugin. */
    kubernetes?: {
      /** Whether to read what entities with annotations of the Kubernetes plugin run. Default: false. */
      enabled?: boolean;
    };
    /** The task that detects moved tags. */
    refresh?: {
      /** Default: true. */
      enabled?: boolean;
      /** Interval of the task in the whole cluster, and shortest interval for an image. Default: 300. */
      frequencySeconds?: number;
      /** Longest interval for an image that does not change. Default: 3600. */
      slowestSeconds?: number;
      /** After this time, another back end can run the task. Default: 600. */
      timeoutSeconds?: number;
      /** Rate limit of the task's calls, per instance. Default: 2. */
      requestsPerSecond?: number;
      /** Calls of DescribeImage for all images in turn, the worst and most declared ones more often. */
      liveChecks?: {
        /** Budget of each instance in the whole cluster. 0 turns live checks off. Default: 30. */
        perMinute?: number;
        /** An image is "not verified" when DescribeImage returned its digest longer ago than this. Default: 21600 (6 hours). */
        maxAgeSeconds?: number;
      };
    };
  };
}
