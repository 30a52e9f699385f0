/** What a checkout program is started with. */
export type Configuration = Readonly<Record<string, string>>;

/** A build together with its configuration: what a deployment puts on an instance. */
export type Release = { build: string; configuration: Configuration };
