export interface Config {
  /** Digests, history and drift of container images, from Alibaba Cloud Security Center. */
  describeImage?: {
    /**
     * The accounts that are asked. An entity names one by its annotation `alibabacloud.com/describe-image-instance`; the first is
     * asked for entities that name none. Left out, there is one, called "default", with the keys of the default chain.
     */
    instances?: Array<{
      /** 1 to 63 letters, digits, `_`, `.` and `-`. */
      name: string;
      /** Left out together with the secret: the default chain (environment, RRSA, CLI profile, ECS role…). */
      accessKeyId?: string;
      /** @visibility secret */
      accessKeySecret?: string;
      /**
       * Only with temporary keys from STS.
       *
       * @visibility secret
       */
      securityToken?: string;
      /** A RAM role to take on with these keys, as `acs:ram::<account id>:role/<name>`. */
      roleArn?: string;
      /** Seen in the audit logs of the cloud. Default: `describe-image`. */
      roleSessionName?: string;
      /** @visibility secret */
      externalId?: string;
      /** Where STS is asked, as a host or an https URL. Default: `sts.aliyuncs.com`. */
      stsEndpoint?: string;
      /** Where Security Center keeps the account's data. Default: `china`. */
      site?: 'china' | 'international';
      /** Picks the site by a region of the account. Not the region of an image. */
      region?: string;
      /** `vpc` asks the endpoint that is reachable inside a VPC only, and needs `region`. Default: `public`. */
      network?: 'public' | 'vpc';
      /** A host, or an https URL; http for this very machine only. Wins over site and region. */
      endpoint?: string;
      /** An upper bound on the pace of this back end's calls. Default: none. */
      requestsPerSecond?: number;
      /** Calls under way at once. Default: 8. */
      concurrency?: number;
      /** Where the links to the console go. Default: the console of the site. */
      consoleUrl?: string;
    }>;
    cache?: {
      /** How long an answer of the inventory is kept. Default: 300. */
      inventorySeconds?: number;
      /** How long an answer of DescribeImage is kept. Default: 60. */
      liveSeconds?: number;
      /** How long a failure is kept; throttling at least as long as the service asks for. Default: 15. */
      failureSeconds?: number;
      /** How long after an image was asked for the refresh button asks nobody. Default: 5. */
      refreshSeconds?: number;
    };
    history?: {
      /** Older observations and moves are deleted. Default: 180. */
      retentionDays?: number;
    };
    /** The task that looks for moved tags. */
    refresh?: {
      /** Default: true. */
      enabled?: boolean;
      /** How often the task runs, in the whole cluster, and how soon an image that moved is looked at again. Default: 300. */
      frequencySeconds?: number;
      /** How long a quiet image is left alone at most. Default: 3600. */
      slowestSeconds?: number;
      /** After so long another back end takes the task over from one that died with it. Default: 600. */
      timeoutSeconds?: number;
      /** An upper bound on the pace of the task's calls, per instance. Default: 2. */
      requestsPerSecond?: number;
    };
  };
}
